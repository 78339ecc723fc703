package org.isocenter.recon.parallel;

import java.util.List;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;

/**
 * What GRAPPA's weights do to noise (Breuer et al. 2009, MRM 62:739): over k-space they are a convolution, over the image a matrix
 * at each pixel, by which the folded images of the channels become unfolded ones. Immutable.
 */
final class GrappaNoise {
    /**
     * @param offsets from a row that is made to its neighbours
     * @param factors see {@link GrappaSources#factors}
     */
    record Weights(List<GrappaSources.Offset> offsets, float[][][] factors) {}

    private final List<Weights> positions;

    /** @param positions of the rows between two of the lattice */
    GrappaNoise(List<Weights> positions) {
        this.positions = positions;
    }

    /**
     * The g-factor of images that are combined by the root of the sum of squares, whose weights are the images themselves (eq. 7
     * to 9, of channels with like and independent noise). 0 where the images are.
     *
     * @param images unfolded, of all channels
     */
    ChannelGrid gFactor(ChannelGrid images, ParallelLoop loop) {
        ChannelGrid g = new ChannelGrid(1, images.sizeX(), images.sizeY(), images.sizeZ());
        loop.run(images.sizeY() * images.sizeZ(), row -> gFactor(images, row, g.real(0)));
        return g;
    }

    private void gFactor(ChannelGrid images, int row, float[] to) {
        int channels = images.channels();
        int length = images.sizeX();
        int from = row * length;
        float[][] combineReal = new float[channels][length];
        float[][] combineImaginary = new float[channels][length];
        float[] whole = new float[length];
        for (int channel = 0; channel < channels; channel++) {
            for (int x = 0; x < length; x++) {
                combineReal[channel][x] = images.real(channel)[from + x];
                combineImaginary[channel][x] = -images.imaginary(channel)[from + x];
            }
            addSquares(combineReal[channel], combineImaginary[channel], whole);
        }
        float[] part = new float[length];
        float[] sumReal = new float[length];
        float[] sumImaginary = new float[length];
        for (int source = 0; source < channels; source++) {
            // What was measured comes through as it is.
            System.arraycopy(combineReal[source], 0, sumReal, 0, length);
            System.arraycopy(combineImaginary[source], 0, sumImaginary, 0, length);
            for (Weights weights : positions) {
                for (int i = 0; i < weights.offsets.size(); i++) {
                    addMade(weights, i, source, images, row, combineReal, combineImaginary, sumReal, sumImaginary);
                }
            }
            addSquares(sumReal, sumImaginary, part);
        }
        int factor = positions.size() + 1;
        for (int x = 0; x < length; x++) {
            to[from + x] = whole[x] > 0 ? (float) (Math.sqrt(part[x] / whole[x]) / factor) : 0;
        }
    }

    /** Adds what rows of one kind take from one of their neighbours. */
    private static void addMade(
            Weights weights,
            int offset,
            int source,
            ChannelGrid images,
            int row,
            float[][] combineReal,
            float[][] combineImaginary,
            float[] sumReal,
            float[] sumImaginary) {
        GrappaSources.Offset to = weights.offsets.get(offset);
        int y = row % images.sizeY() - images.sizeY() / 2;
        int z = row / images.sizeY() - images.sizeZ() / 2;
        double phase = -2 * Math.PI * ((double) to.y() * y / images.sizeY() + (double) to.z() * z / images.sizeZ());
        float[] real = new float[images.sizeX()];
        float[] imaginary = new float[images.sizeX()];
        int number = offset * images.channels() + source;
        for (int channel = 0; channel < images.channels(); channel++) {
            RowArithmetic.addProduct(
                    weights.factors[channel][2 * number],
                    weights.factors[channel][2 * number + 1],
                    combineReal[channel],
                    combineImaginary[channel],
                    real,
                    imaginary);
        }
        RowArithmetic.addScaled(
                (float) Math.cos(phase),
                (float) Math.sin(phase),
                real,
                imaginary,
                sumReal,
                sumImaginary,
                0,
                real.length);
    }

    private static void addSquares(float[] real, float[] imaginary, float[] to) {
        for (int x = 0; x < to.length; x++) {
            to[x] += real[x] * real[x] + imaginary[x] * imaginary[x];
        }
    }
}
