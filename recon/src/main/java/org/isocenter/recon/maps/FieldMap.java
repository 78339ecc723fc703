package org.isocenter.recon.maps;

import org.isocenter.model.Quantity;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.VolumeData;

/**
 * The main field's offset from two gradient echoes: what the phase turns from one echo time to the other, in Hz (Schneider and
 * Glover 1991). A spin above the carrier counts positive. Images are the conjugate of the magnetisation, so that its phase
 * runs backwards in them. Channels are weighted by their signal. Where there is next to no signal the map is 0.
 */
final class FieldMap {
    private FieldMap() {}

    /** @param spacingSeconds from the first image's echo time to the second's; beyond ±1/(2·spacing) the map wraps */
    static VolumeData of(VolumeData first, VolumeData second, double spacingSeconds) {
        ChannelGrid a = first.values();
        ChannelGrid b = second.values();
        int count = a.points();
        double[] re = new double[count];
        double[] im = new double[count];
        for (int c = 0; c < a.channels(); c++) {
            addPhaseDifference(a.real(c), a.imaginary(c), b.real(c), b.imaginary(c), re, im);
        }
        boolean[] object = ObjectMask.of(first.image());
        float[] hertz = new float[count];
        for (int i = 0; i < count; i++) {
            hertz[i] = object[i] ? (float) (Math.atan2(im[i], re[i]) / (2 * Math.PI * spacingSeconds)) : 0;
        }
        return first.withMap("field map", Quantity.FIELD_OFFSET, hertz);
    }

    /** First times conjugate of second: the phase that was lost on the way, which is what the spin has gained. */
    private static void addPhaseDifference(
            float[] aRe, float[] aIm, float[] bRe, float[] bIm, double[] re, double[] im) {
        for (int i = 0; i < re.length; i++) {
            re[i] += (double) aRe[i] * bRe[i] + (double) aIm[i] * bIm[i];
            im[i] += (double) aIm[i] * bRe[i] - (double) aRe[i] * bIm[i];
        }
    }
}
