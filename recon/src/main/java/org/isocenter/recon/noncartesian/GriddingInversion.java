package org.isocenter.recon.noncartesian;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;

/** The adjoint transform of density-compensated samples (Jackson et al. 1991), channel by channel. */
final class GriddingInversion implements Inversion {
    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public ChannelGrid image(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context) {
        KernelGrid grid = where.grid();
        ChannelGrid image = new ChannelGrid(real.length, grid.x.pixels(), grid.y.pixels(), grid.z.pixels());
        Nufft.Scratch scratch = where.nufft().scratch();
        for (int channel = 0; channel < real.length; channel++) {
            context.throwIfStopped();
            weigh(real[channel], where.densityWeights());
            weigh(imaginary[channel], where.densityWeights());
            scratch.adjoint(real[channel], imaginary[channel], image.real(channel), image.imaginary(channel));
        }
        return image;
    }

    private static void weigh(float[] values, float[] weights) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= weights[i];
        }
    }
}
