package org.isocenter.recon.maps;

import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.recon.cartesian.ComplexVolume;

/**
 * The main field's offset from two gradient echoes: what the phase turns from one echo time to the other, in Hz (Schneider and
 * Glover 1991). A spin above the carrier counts positive. Images are the conjugate of the magnetisation, so that its phase
 * runs backwards in them. Channels are weighted by their signal. Where there is next to no signal the map is 0.
 */
final class FieldMap {
    private FieldMap() {}

    /** @param spacingSeconds from the first image's echo time to the second's; beyond ±1/(2·spacing) the map wraps */
    static ImageVolume of(ComplexVolume first, ComplexVolume second, double spacingSeconds) {
        int count = first.magnitude().pixels().length;
        double[] re = new double[count];
        double[] im = new double[count];
        for (int c = 0; c < first.channels().size(); c++) {
            ComplexVolume.Channel a = first.channels().get(c);
            ComplexVolume.Channel b = second.channels().get(c);
            for (int i = 0; i < count; i++) {
                // First times conjugate of second: the phase that was lost on the way, which is what the spin has
                // gained.
                re[i] += (double) a.real()[i] * b.real()[i] + (double) a.imaginary()[i] * b.imaginary()[i];
                im[i] += (double) a.imaginary()[i] * b.real()[i] - (double) a.real()[i] * b.imaginary()[i];
            }
        }
        boolean[] object = ObjectMask.of(first.magnitude());
        float[] hertz = new float[count];
        for (int i = 0; i < count; i++) {
            hertz[i] = object[i] ? (float) (Math.atan2(im[i], re[i]) / (2 * Math.PI * spacingSeconds)) : 0;
        }
        return first.magnitude().withMap("field map", Quantity.FIELD_OFFSET, hertz);
    }
}
