package org.isocenter.recon.noncartesian;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.iterative.CompressedSensingStep;
import org.isocenter.recon.iterative.DataScale;
import org.isocenter.recon.iterative.EncodingOperator;
import org.isocenter.recon.iterative.Equation;

/**
 * Compressed sensing (Lustig et al. 2007) of samples anywhere in k-space: one image of all channels. Residuals are weighed by the
 * part of k-space that samples stand for, without which the crowded middle would leave the rim to thousands of iterations.
 */
record SparseInversion(CompressedSensingStep method) implements Inversion {
    @Override
    public boolean isChannelByChannel() {
        return false;
    }

    @Override
    public ChannelGrid image(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context) {
        KernelGrid grid = where.grid();
        ChannelGrid sensitivities = MiddleSensitivities.of(where, real, imaginary, context);
        float[] weights = where.rootWeights(true);
        double variance = SampleNoise.variance(where.samples(), real, imaginary);
        SlabSamples.weigh(weights, real, imaginary);
        NufftSampling sampling = new NufftSampling(where.samples(), grid, where.nufft(), weights);
        EncodingOperator encoding = new EncodingOperator(sampling, sensitivities);
        float[] adjointReal = new float[encoding.points()];
        float[] adjointImaginary = new float[encoding.points()];
        encoding.adjoint(real, imaginary, adjointReal, adjointImaginary);
        double scale = DataScale.ofAdjoint(adjointReal, adjointImaginary);
        double noise = SampleNoise.ofAdjoint(variance, weights, grid.pixels());
        ChannelGrid image = new ChannelGrid(1, grid.x.pixels(), grid.y.pixels(), grid.z.pixels());
        method.solve(
                new Equation(encoding, scale, noise, adjointReal, adjointImaginary),
                image.real(0),
                image.imaginary(0),
                (iteration, most, change) -> {
                    context.throwIfStopped();
                    context.advance((1 - MiddleSensitivities.SHARE) / most);
                    return true;
                });
        context.notes().add("image by " + method.method(noise / scale));
        float brightness = (float) Math.sqrt(image.points());
        for (int i = 0; i < image.points(); i++) {
            image.real(0)[i] *= brightness;
            image.imaginary(0)[i] *= brightness;
        }
        return image;
    }
}
