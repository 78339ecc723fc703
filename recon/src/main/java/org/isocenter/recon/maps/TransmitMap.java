package org.isocenter.recon.maps;

import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.recon.chain.VolumeData;
import org.isocenter.recon.image.NoiseLevel;

/**
 * The transmit field by actual flip-angle imaging (Yarnykh 2007): two images of the same pulse, after which the second interval is
 * n times as long as the first. With complete spoiling and intervals short against T1, their ratio r gives the angle:
 * cos α = (r·n − 1)/(n − r). Where there is next to no signal the map is 0.
 */
final class TransmitMap {
    private TransmitMap() {}

    /**
     * The map, and one of its standard deviation if the images tell their noise: by what noise in both does to the ratio.
     *
     * @param first image of the interval after which the pulse comes soon
     * @param second image of the long interval
     * @param ratio the second interval over the first
     * @param nominalRadians the flip angle that is 100 %
     */
    static List<VolumeData> of(VolumeData first, VolumeData second, double ratio, double nominalRadians) {
        ImageVolume image = first.image();
        boolean[] object = ObjectMask.of(image);
        float[] soon = image.pixels();
        float[] late = second.magnitude();
        double sigma = NoiseLevel.ofComplex(first.values());
        float[] percent = new float[object.length];
        float[] deviation = new float[object.length];
        for (int i = 0; i < percent.length; i++) {
            if (object[i]) {
                double r = late[i] / soon[i];
                double cos = Math.max(-1, Math.min(1, (r * ratio - 1) / (ratio - r)));
                percent[i] = (float) (100 * Math.acos(cos) / nominalRadians);
                double ofRatio = sigma * Math.sqrt(1 + r * r) / soon[i];
                double slope = (ratio * ratio - 1) / ((ratio - r) * (ratio - r)) / Math.sqrt(1 - cos * cos);
                deviation[i] = (float) (100 * slope * ofRatio / nominalRadians);
            }
        }
        VolumeData map = first.withMap("transmit map", Quantity.TRANSMIT_FIELD, percent);
        return Double.isNaN(sigma)
                ? List.of(map)
                : List.of(map, first.withMap("transmit map deviation", Quantity.TRANSMIT_FIELD_DEVIATION, deviation));
    }
}
