package org.isocenter.recon.maps;

import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.recon.chain.VolumeData;

/**
 * The transmit field by actual flip-angle imaging (Yarnykh 2007): two images of the same pulse, after which the second interval is
 * n times as long as the first. With complete spoiling and intervals short against T1, their ratio r gives the angle:
 * cos α = (r·n − 1)/(n − r). Where there is next to no signal the map is 0.
 */
final class TransmitMap {
    private TransmitMap() {}

    /**
     * @param first image of the interval after which the pulse comes soon
     * @param second image of the long interval
     * @param ratio the second interval over the first
     * @param nominalRadians the flip angle that is 100 %
     */
    static VolumeData of(VolumeData first, VolumeData second, double ratio, double nominalRadians) {
        ImageVolume image = first.image();
        boolean[] object = ObjectMask.of(image);
        float[] soon = image.pixels();
        float[] late = second.magnitude();
        float[] percent = new float[object.length];
        for (int i = 0; i < percent.length; i++) {
            double r = late[i] / soon[i];
            double cos = (r * ratio - 1) / (ratio - r);
            percent[i] = object[i] ? (float) (100 * Math.acos(Math.max(-1, Math.min(1, cos))) / nominalRadians) : 0;
        }
        return first.withMap("transmit map", Quantity.TRANSMIT_FIELD, percent);
    }
}
