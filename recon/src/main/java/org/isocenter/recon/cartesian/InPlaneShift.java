package org.isocenter.recon.cartesian;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Vec3;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Stack;

/**
 * Moves a slice's field of view within its plane to that of its stack's first slice, so that one geometry holds for all: a
 * shift of the image is a linear phase in k-space. Files demodulate each slice at its own frequency, for one.
 *
 * @param turnsPerSample phase from one grid point to the next along read, in turns
 * @param turnsPerStep the same along phase
 */
record InPlaneShift(double turnsPerSample, double turnsPerStep) {
    static final InPlaneShift NONE = new InPlaneShift(0, 0);
    /** Of a pixel; less is not seen. */
    private static final double LEAST = 0.01;

    /** For each slab of a stack, in order. What lies outside of the first one's field of view folds into the others. */
    static List<InPlaneShift> of(Stack stack, MrdNotes notes) {
        EncodingGeometry first = stack.slabs().get(0).geometry();
        List<Vec3> distances = stack.slabs().stream()
                .map(slab -> slab.geometry().centerMeters().minus(first.centerMeters()))
                .toList();
        double largest = distances.stream()
                .mapToDouble(d -> Math.hypot(d.dot(first.read()), d.dot(first.phase())))
                .max()
                .orElse(0);
        Encoding encoding = stack.encoding();
        Vec3 fov = encoding.reconFovMeters();
        if (largest <= LEAST * Math.min(fov.x() / encoding.reconX(), fov.y() / encoding.reconY())) {
            return distances.stream().map(d -> NONE).toList();
        }
        notes.add(String.format(
                Locale.ROOT,
                "the slices' fields of view lie up to %.2f mm apart in their plane: the images were moved to the first one's",
                largest * 1e3));
        Vec3 encoded = encoding.encodedFovMeters();
        return distances.stream()
                .map(d -> new InPlaneShift(-d.dot(first.read()) / encoded.x(), -d.dot(first.phase()) / encoded.y()))
                .toList();
    }

    /** Turns {@code width} values from {@code offset} on, a row of k-space that is {@code step} phase steps from the centre. */
    void apply(float[] real, float[] imaginary, int offset, int width, int step) {
        if (turnsPerSample == 0 && turnsPerStep == 0) {
            return;
        }
        for (int i = 0; i < width; i++) {
            double turns = turnsPerSample * (i - width / 2) + turnsPerStep * step;
            double cos = Math.cos(2 * Math.PI * turns);
            double sin = Math.sin(2 * Math.PI * turns);
            int at = offset + i;
            double re = real[at] * cos - imaginary[at] * sin;
            imaginary[at] = (float) (real[at] * sin + imaginary[at] * cos);
            real[at] = (float) re;
        }
    }
}
