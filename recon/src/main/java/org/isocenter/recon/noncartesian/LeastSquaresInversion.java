package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.iterative.ConjugateGradient;
import org.isocenter.recon.iterative.EncodingOperator;
import org.isocenter.recon.iterative.Limits;

/**
 * The image whose samples are nearest to those measured, by conjugate gradients over the non-uniform transform (Fessler et
 * al. 2005): of each channel by itself, or of all channels together with their sensitivities, which is CG-SENSE (Pruessmann et
 * al., Magn Reson Med 46:638, 2001).
 */
final class LeastSquaresInversion implements Inversion {
    private final Settings settings;

    /**
     * @param sense whether channels are solved for together
     * @param iterations at most
     * @param regularisation added to the normal operator, whose largest eigenvalue is about 1 for a full measurement weighed by density
     * @param densityWeighted whether residuals are weighed by the part of k-space that they stand for: fewer iterations, somewhat
     *     more noise
     */
    record Settings(boolean sense, int iterations, double regularisation, boolean densityWeighted) {}

    LeastSquaresInversion(Settings settings) {
        this.settings = settings;
    }

    @Override
    public boolean isChannelByChannel() {
        return !settings.sense;
    }

    @Override
    public ChannelGrid image(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context) {
        KernelGrid grid = where.grid();
        ChannelGrid sensitivities =
                settings.sense ? MiddleSensitivities.of(where, real, imaginary, context) : ones(grid);
        float[] weights = where.rootWeights(settings.densityWeighted);
        SlabSamples.weigh(weights, real, imaginary);
        NufftSampling sampling = new NufftSampling(where.samples(), grid, where.nufft(), weights);
        EncodingOperator encoding = new EncodingOperator(sampling, sensitivities);
        ConjugateGradient solver = new ConjugateGradient(encoding);
        int images = settings.sense ? 1 : real.length;
        double perImage = settings.sense ? 1 - MiddleSensitivities.SHARE : 1.0 / images;
        ChannelGrid image = new ChannelGrid(images, grid.x.pixels(), grid.y.pixels(), grid.z.pixels());
        float[] adjointReal = new float[image.points()];
        float[] adjointImaginary = new float[image.points()];
        for (int i = 0; i < images; i++) {
            float[][] dataReal = settings.sense ? real : new float[][] {real[i]};
            float[][] dataImaginary = settings.sense ? imaginary : new float[][] {imaginary[i]};
            encoding.adjoint(dataReal, dataImaginary, adjointReal, adjointImaginary);
            solver.solve(
                    settings.regularisation,
                    adjointReal,
                    adjointImaginary,
                    image.real(i),
                    image.imaginary(i),
                    new Limits(settings.iterations, 0),
                    (iteration, most, change) -> {
                        context.throwIfStopped();
                        context.advance(perImage / most);
                        return true;
                    });
            float scale = (float) Math.sqrt(image.points());
            scale(image.real(i), scale);
            scale(image.imaginary(i), scale);
        }
        return image;
    }

    private static ChannelGrid ones(KernelGrid grid) {
        ChannelGrid ones = new ChannelGrid(1, grid.x.pixels(), grid.y.pixels(), grid.z.pixels());
        Arrays.fill(ones.real(0), 1);
        return ones;
    }

    private static void scale(float[] values, float factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
