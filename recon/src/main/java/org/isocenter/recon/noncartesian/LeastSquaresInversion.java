package org.isocenter.recon.noncartesian;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.iterative.ConjugateGradient;
import org.isocenter.recon.iterative.EncodingOperator;
import org.isocenter.recon.iterative.Limits;
import org.isocenter.recon.parallel.AdaptiveCombine;

/**
 * The image whose samples are nearest to those measured, by conjugate gradients over the non-uniform transform (Fessler et
 * al. 2005): of each channel by itself, or of all channels together with their sensitivities, which is CG-SENSE (Pruessmann et
 * al., Magn Reson Med 46:638, 2001).
 */
final class LeastSquaresInversion implements Inversion {
    /** Points of the middle of k-space along each axis from which sensitivities are estimated: always fully sampled. */
    private static final int CALIBRATION = 24;
    /** Pixels of a block over which channels are compared. */
    private static final int BLOCK = 5;

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
        ChannelGrid sensitivities = settings.sense ? sensitivities(where, real, imaginary, context) : ones(grid);
        float[] weights = weights(where);
        for (int channel = 0; channel < real.length; channel++) {
            for (int i = 0; i < weights.length; i++) {
                real[channel][i] *= weights[i];
                imaginary[channel][i] *= weights[i];
            }
        }
        NufftSampling sampling = new NufftSampling(where.samples(), grid, where.nufft(), weights);
        EncodingOperator encoding = new EncodingOperator(sampling, sensitivities);
        ConjugateGradient solver = new ConjugateGradient(encoding);
        int images = settings.sense ? 1 : real.length;
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
                        return true;
                    });
            float scale = (float) Math.sqrt(image.points());
            scale(image.real(i), scale);
            scale(image.imaginary(i), scale);
        }
        return image;
    }

    private float[] weights(SlabSamples where) {
        float[] weights = new float[where.samples().count()];
        for (int i = 0; i < weights.length; i++) {
            double one = where.samples().wanted()[i] ? 1 : 0;
            weights[i] = (float) (settings.densityWeighted ? Math.sqrt(where.densityWeights()[i]) : one);
        }
        return weights;
    }

    /** Of the middle of each channel's gridded k-space. */
    private static ChannelGrid sensitivities(
            SlabSamples where, float[][] real, float[][] imaginary, ChainContext context) {
        float[][] copyReal = new float[real.length][];
        float[][] copyImaginary = new float[real.length][];
        for (int channel = 0; channel < real.length; channel++) {
            copyReal[channel] = real[channel].clone();
            copyImaginary[channel] = imaginary[channel].clone();
        }
        ChannelGrid gridded =
                new GriddingInversion(GriddingInversion.Density.AREA).image(where, copyReal, copyImaginary, context);
        GridFft.forward(gridded);
        ChannelGrid middle = new ChannelGrid(
                gridded.channels(),
                Math.min(CALIBRATION, gridded.sizeX()),
                Math.min(CALIBRATION, gridded.sizeY()),
                Math.min(CALIBRATION, gridded.sizeZ()));
        for (int channel = 0; channel < gridded.channels(); channel++) {
            cut(gridded, gridded.real(channel), middle, middle.real(channel));
            cut(gridded, gridded.imaginary(channel), middle, middle.imaginary(channel));
        }
        return AdaptiveCombine.ofCalibration(middle, gridded.sizeX(), gridded.sizeY(), gridded.sizeZ(), BLOCK)
                .maps();
    }

    private static void cut(ChannelGrid whole, float[] from, ChannelGrid middle, float[] to) {
        int firstX = whole.sizeX() / 2 - middle.sizeX() / 2;
        int firstY = whole.sizeY() / 2 - middle.sizeY() / 2;
        int firstZ = whole.sizeZ() / 2 - middle.sizeZ() / 2;
        for (int z = 0; z < middle.sizeZ(); z++) {
            for (int y = 0; y < middle.sizeY(); y++) {
                int row = ((firstZ + z) * whole.sizeY() + firstY + y) * whole.sizeX() + firstX;
                System.arraycopy(from, row, to, (z * middle.sizeY() + y) * middle.sizeX(), middle.sizeX());
            }
        }
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
