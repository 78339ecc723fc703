package org.isocenter.recon.noncartesian;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;

/** The adjoint transform of density-compensated samples (Jackson et al. 1991), channel by channel. */
final class GriddingInversion implements Inversion {
    /** What samples are multiplied by. */
    enum Density {
        /** The part of k-space that each stands for, in cells of the image's. */
        AREA,
        /** The distance from k-space's centre, in the same cells: the plain ramp of projections. */
        RADIUS,
        /** 1: the bare adjoint, for samples that were weighted before. */
        NONE
    }

    private final Density density;

    GriddingInversion(Density density) {
        this.density = density;
    }

    @Override
    public double effort() {
        return 1;
    }

    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public ChannelGrid image(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context) {
        return image(where, real, imaginary, context, 1);
    }

    /** @param share of the step that this is */
    ChannelGrid image(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context, double share) {
        KernelGrid grid = where.grid();
        ChannelGrid image = new ChannelGrid(real.length, grid.x.pixels(), grid.y.pixels(), grid.z.pixels());
        float[] weights = weights(where);
        Nufft.Scratch scratch = where.nufft().scratch();
        for (int channel = 0; channel < real.length; channel++) {
            context.throwIfStopped();
            weigh(real[channel], weights);
            weigh(imaginary[channel], weights);
            scratch.adjoint(real[channel], imaginary[channel], image.real(channel), image.imaginary(channel));
            context.advance(share / real.length);
        }
        return image;
    }

    private float[] weights(SlabSamples where) {
        if (density == Density.AREA) {
            return where.densityWeights();
        }
        Samples samples = where.samples();
        float[] weights = new float[samples.count()];
        for (int i = 0; i < weights.length; i++) {
            float weight = density == Density.RADIUS ? (float) samples.radius(i) : 1;
            weights[i] = samples.wanted()[i] ? weight : 0;
        }
        return weights;
    }

    private static void weigh(float[] values, float[] weights) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= weights[i];
        }
    }
}
