package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabSource;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.stack.Slab;
import org.isocenter.recon.stack.Stack;

/**
 * From the readouts of a slice or slab to its image. Slices whose field of view is centred elsewhere in their plane are moved
 * to the first one's. Density weights are shared by slices whose trajectories are the same.
 */
final class SlabGridding implements SlabSource {
    private final Stack stack;
    private final KernelGrid grid;
    private final double[] turns;
    private final int[] pixels;
    private final Vec3 firstCenter;
    private final Encoding encoding;
    /** Of each slab, once it is known; guarded by this. */
    private final Weighted[] weighted;

    /** Where samples lie, and what part of k-space each stands for. */
    private record Weighted(Samples samples, float[] weights, Nufft nufft) {}

    SlabGridding(ScanHeader header, Stack stack, KernelGrid grid, MrdNotes notes) {
        this.stack = stack;
        this.grid = grid;
        this.weighted = new Weighted[stack.slabs().size()];
        this.encoding = stack.encoding();
        boolean volume = encoding.encodedZ() > 1 || encoding.reconZ() > 1;
        List<Readout> all =
                stack.slabs().stream().flatMap(slab -> slab.readouts().stream()).toList();
        double[] factors = TrajectoryUnit.of(header, encoding, all, notes).turns(encoding);
        this.turns = Arrays.copyOf(factors, volume ? 3 : 2);
        this.pixels = Arrays.copyOf(new int[] {encoding.reconX(), encoding.reconY(), encoding.reconZ()}, turns.length);
        this.firstCenter = stack.slabs().get(0).geometry().centerMeters();
    }

    @Override
    public Stack stack() {
        return stack;
    }

    @Override
    public SlabData slab(int index, int firstChannel, int channels, ChainContext context) {
        Slab slab = stack.slabs().get(index);
        Weighted own = weighted(index);
        double[] shift = shiftInFieldsOfView(slab.geometry());
        ChannelGrid image = new ChannelGrid(channels, encoding.reconX(), encoding.reconY(), encoding.reconZ());
        Nufft.Scratch scratch = own.nufft.scratch();
        for (int channel = 0; channel < channels; channel++) {
            context.throwIfStopped();
            channel(
                    slab.readouts(),
                    firstChannel + channel,
                    own,
                    shift,
                    scratch,
                    image.real(channel),
                    image.imaginary(channel));
        }
        return new SlabData(image, SlabData.Domain.IMAGE, Sampling.NONE, null, encoding, slab.geometry(), firstChannel);
    }

    private synchronized Weighted weighted(int index) {
        if (weighted[index] == null) {
            Samples samples = Samples.of(stack.slabs().get(index).readouts(), turns, pixels);
            for (Weighted known : weighted) {
                if (known != null && known.samples.sameAs(samples)) {
                    weighted[index] = known;
                    return known;
                }
            }
            weighted[index] =
                    new Weighted(samples, DensityCompensation.weights(samples, grid), new Nufft(samples, grid));
        }
        return weighted[index];
    }

    private void channel(
            List<Readout> readouts,
            int channel,
            Weighted weighted,
            double[] shift,
            Nufft.Scratch scratch,
            float[] imageReal,
            float[] imageImaginary) {
        Samples samples = weighted.samples;
        float[] weights = weighted.weights;
        float[] real = new float[samples.count()];
        float[] imaginary = new float[samples.count()];
        for (int r = 0; r < readouts.size(); r++) {
            Readout readout = readouts.get(r);
            int from = channel * readout.header().samples();
            for (int i = samples.starts()[r]; i < samples.starts()[r + 1]; i++) {
                int at = from + i - samples.starts()[r];
                real[i] = weights[i] * readout.real()[at];
                imaginary[i] = weights[i] * readout.imaginary()[at];
            }
        }
        turn(samples, real, imaginary, shift);
        scratch.adjoint(real, imaginary, imageReal, imageImaginary);
    }

    /** In plane, how far this slice's field of view lies from the first one's, in fields of view. */
    private double[] shiftInFieldsOfView(EncodingGeometry geometry) {
        Vec3 distance = geometry.centerMeters().minus(firstCenter);
        Vec3 fov = encoding.reconFovMeters();
        return new double[] {distance.dot(geometry.read()) / fov.x(), distance.dot(geometry.phase()) / fov.y()};
    }

    /** A shift of the image is a linear phase in k-space. */
    private static void turn(Samples samples, float[] real, float[] imaginary, double[] shift) {
        if (Math.abs(shift[0]) + Math.abs(shift[1]) < 1e-6) {
            return;
        }
        for (int i = 0; i < real.length; i++) {
            double angle = -2 * Math.PI * (samples.k()[0][i] * shift[0] + samples.k()[1][i] * shift[1]);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            double re = real[i] * cos - imaginary[i] * sin;
            imaginary[i] = (float) (real[i] * sin + imaginary[i] * cos);
            real[i] = (float) re;
        }
    }
}
