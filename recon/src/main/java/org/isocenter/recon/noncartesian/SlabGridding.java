package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Slab;
import org.isocenter.recon.stack.Stack;

/**
 * From the readouts of a slice or slab to its magnitude pixels. Slices whose field of view is centred elsewhere in their plane
 * are moved to the first one's. Density weights are kept while the slices' trajectories are the same. One thread.
 */
final class SlabGridding {
    private final Gridding gridding;
    private final double[] turns;
    private final int[] pixels;
    private final Vec3 firstCenter;
    private final Encoding encoding;
    private Samples known;
    private float[] weights;

    SlabGridding(ScanHeader header, Stack stack, Gridding gridding, MrdNotes notes) {
        this.gridding = gridding;
        this.encoding = stack.encoding();
        boolean volume = encoding.encodedZ() > 1 || encoding.reconZ() > 1;
        List<Readout> all =
                stack.slabs().stream().flatMap(slab -> slab.readouts().stream()).toList();
        double[] factors = TrajectoryUnit.of(header, encoding, all, notes).turns(encoding);
        this.turns = Arrays.copyOf(factors, volume ? 3 : 2);
        this.pixels = Arrays.copyOf(new int[] {encoding.reconX(), encoding.reconY(), encoding.reconZ()}, turns.length);
        this.firstCenter = stack.slabs().get(0).geometry().centerMeters();
    }

    /** Puts the slab's image into {@code image} at {@code offset}, where zeros must be. */
    void magnitude(Slab slab, float[] image, int offset) {
        Samples samples = Samples.of(slab.readouts(), turns, pixels);
        if (known == null || !known.sameAs(samples)) {
            known = samples;
            weights = DensityCompensation.weights(samples, gridding);
        }
        int channels = slab.readouts().get(0).header().channels();
        double[] shift = shiftInFieldsOfView(slab.geometry());
        int count = 1;
        for (int channel = 0; channel < channels; channel++) {
            Gridding.Image part = channel(slab.readouts(), channel, shift);
            count = part.real().length;
            for (int i = 0; i < count; i++) {
                image[offset + i] += part.real()[i] * part.real()[i] + part.imaginary()[i] * part.imaginary()[i];
            }
        }
        for (int i = offset; i < offset + count; i++) {
            image[i] = (float) Math.sqrt(image[i]);
        }
    }

    private Gridding.Image channel(List<Readout> readouts, int channel, double[] shift) {
        float[] real = new float[known.count()];
        float[] imaginary = new float[known.count()];
        for (int r = 0; r < readouts.size(); r++) {
            Readout readout = readouts.get(r);
            int from = channel * readout.header().samples();
            for (int i = known.starts()[r]; i < known.starts()[r + 1]; i++) {
                int at = from + i - known.starts()[r];
                real[i] = weights[i] * readout.real()[at];
                imaginary[i] = weights[i] * readout.imaginary()[at];
            }
        }
        turn(real, imaginary, shift);
        float[] gridReal = gridding.grid();
        float[] gridImaginary = gridding.grid();
        gridding.spread(known, real, imaginary, gridReal, gridImaginary);
        return gridding.transform(gridReal, gridImaginary);
    }

    /** In plane, how far this slice's field of view lies from the first one's, in fields of view. */
    private double[] shiftInFieldsOfView(EncodingGeometry geometry) {
        Vec3 distance = geometry.centerMeters().minus(firstCenter);
        Vec3 fov = encoding.reconFovMeters();
        return new double[] {distance.dot(geometry.read()) / fov.x(), distance.dot(geometry.phase()) / fov.y()};
    }

    /** A shift of the image is a linear phase in k-space. */
    private void turn(float[] real, float[] imaginary, double[] shift) {
        if (Math.abs(shift[0]) + Math.abs(shift[1]) < 1e-6) {
            return;
        }
        for (int i = 0; i < real.length; i++) {
            double angle = -2 * Math.PI * (known.k()[0][i] * shift[0] + known.k()[1][i] * shift[1]);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            double re = real[i] * cos - imaginary[i] * sin;
            imaginary[i] = (float) (real[i] * sin + imaginary[i] * cos);
            real[i] = (float) re;
        }
    }
}
