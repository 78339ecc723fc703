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
final class NonCartesianSource implements SlabSource {
    private final Stack stack;
    private final KernelGrid grid;
    private final double[] turns;
    private final int[] pixels;
    private final Vec3 firstCenter;
    private final Encoding encoding;
    private final Inversion inversion;
    /** Of each slab, once it is known; guarded by this. */
    private final SlabSamples[] known;

    NonCartesianSource(ScanHeader header, Stack stack, KernelGrid grid, Inversion inversion, MrdNotes notes) {
        this.stack = stack;
        this.grid = grid;
        this.inversion = inversion;
        this.known = new SlabSamples[stack.slabs().size()];
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
        SlabSamples where = samples(index);
        double[] shift = shiftInFieldsOfView(slab.geometry());
        float[][] real = new float[channels][where.samples().count()];
        float[][] imaginary = new float[channels][where.samples().count()];
        for (int channel = 0; channel < channels; channel++) {
            collect(slab.readouts(), firstChannel + channel, real[channel], imaginary[channel]);
            turn(where.samples(), real[channel], imaginary[channel], shift);
        }
        ChannelGrid image = inversion.image(where, real, imaginary, context);
        return new SlabData(image, SlabData.Domain.IMAGE, Sampling.NONE, null, encoding, slab.geometry(), firstChannel);
    }

    /** Slices with the same trajectories share what is worked out for them. */
    private synchronized SlabSamples samples(int index) {
        if (known[index] == null) {
            Samples samples = Samples.of(stack.slabs().get(index).readouts(), turns, pixels);
            known[index] = Arrays.stream(known)
                    .filter(other -> other != null && other.samples().sameAs(samples))
                    .findFirst()
                    .orElseGet(() -> new SlabSamples(samples, grid));
        }
        return known[index];
    }

    private static void collect(List<Readout> readouts, int channel, float[] real, float[] imaginary) {
        int at = 0;
        for (Readout readout : readouts) {
            readout.channel(channel, real, imaginary, at);
            at += readout.header().samples();
        }
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
