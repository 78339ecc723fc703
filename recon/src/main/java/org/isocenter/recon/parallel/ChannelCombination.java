package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * One image of the images of all channels. By the root of the sum of squares, which needs to know nothing and loses the phase
 * and some signal-to-noise ratio in dark regions; or by the sensitivities of the channels (Roemer et al. 1990, MRM 16:192, eq.
 * 24 to 29), which gives the best signal-to-noise ratio there is and keeps the phase. Any thread; rows of pixels run in
 * parallel on the common pool.
 */
public final class ChannelCombination {
    private ChannelCombination() {}

    /** The root of the sum of squares, as the real part of a grid of one channel. */
    public static ChannelGrid rootSumOfSquares(ChannelGrid images) {
        ChannelGrid to = new ChannelGrid(1, images.sizeX(), images.sizeY(), images.sizeZ());
        float[] sum = to.real(0);
        int rowLength = images.sizeX();
        IntStream.range(0, images.points() / rowLength).parallel().forEach(row -> {
            int end = (row + 1) * rowLength;
            for (int channel = 0; channel < images.channels(); channel++) {
                float[] real = images.real(channel);
                float[] imaginary = images.imaginary(channel);
                for (int i = row * rowLength; i < end; i++) {
                    sum[i] += real[i] * real[i] + imaginary[i] * imaginary[i];
                }
            }
            for (int i = row * rowLength; i < end; i++) {
                sum[i] = (float) Math.sqrt(sum[i]);
            }
        });
        return to;
    }

    /**
     * {@code Σ conj(s)·x / Σ |s|²}: best where the noise of the channels is alike and independent, as after prewhitening. Zero
     * where the sensitivities are not known.
     *
     * @throws IllegalArgumentException if images and sensitivities differ in size or channels
     */
    public static ChannelGrid optimal(ChannelGrid images, Sensitivities sensitivities) {
        return weighted(images, sensitivities.maps(), sensitivities.maps());
    }

    /**
     * {@code s'Ψ⁻¹x / s'Ψ⁻¹s} with the covariance Ψ of the channels' noise, in any unit.
     *
     * @throws IllegalArgumentException if the sizes differ or the covariance is not positive definite
     */
    public static ChannelGrid optimal(
            ChannelGrid images, Sensitivities sensitivities, HermitianMatrix noiseCovariance) {
        return weighted(images, sensitivities.maps(), weights(sensitivities.maps(), noiseCovariance.inverse()));
    }

    /** {@code Ψ⁻¹s}. */
    private static ChannelGrid weights(ChannelGrid maps, HermitianMatrix inverse) {
        if (inverse.size() != maps.channels()) {
            throw new IllegalArgumentException(
                    "noise covariance of " + inverse.size() + " channels for " + maps.channels());
        }
        ChannelGrid weights = new ChannelGrid(maps.channels(), maps.sizeX(), maps.sizeY(), maps.sizeZ());
        IntStream.range(0, maps.channels()).parallel().forEach(to -> {
            for (int from = 0; from < maps.channels(); from++) {
                RowArithmetic.addScaled(
                        (float) inverse.real(to, from),
                        (float) inverse.imaginary(to, from),
                        maps.real(from),
                        maps.imaginary(from),
                        weights.real(to),
                        weights.imaginary(to),
                        0,
                        maps.points());
            }
        });
        return weights;
    }

    private static ChannelGrid weighted(ChannelGrid images, ChannelGrid maps, ChannelGrid weights) {
        if (images.channels() != maps.channels()
                || images.sizeX() != maps.sizeX()
                || images.sizeY() != maps.sizeY()
                || images.sizeZ() != maps.sizeZ()) {
            throw new IllegalArgumentException(
                    RowArithmetic.describe(maps) + " sensitivities for images of " + RowArithmetic.describe(images));
        }
        ChannelGrid to = new ChannelGrid(1, images.sizeX(), images.sizeY(), images.sizeZ());
        int rowLength = images.sizeX();
        IntStream.range(0, images.points() / rowLength).parallel().forEach(row -> {
            int from = row * rowLength;
            int end = from + rowLength;
            // s'Ψ⁻¹s is real, so that only its real part is summed.
            float[] norm = new float[rowLength];
            for (int channel = 0; channel < images.channels(); channel++) {
                float[] weightReal = weights.real(channel);
                float[] weightImaginary = weights.imaginary(channel);
                float[] mapReal = maps.real(channel);
                float[] mapImaginary = maps.imaginary(channel);
                for (int i = 0; i < rowLength; i++) {
                    norm[i] += weightReal[from + i] * mapReal[from + i]
                            + weightImaginary[from + i] * mapImaginary[from + i];
                }
                RowArithmetic.addConjugateProduct(
                        weightReal,
                        weightImaginary,
                        images.real(channel),
                        images.imaginary(channel),
                        to.real(0),
                        to.imaginary(0),
                        from,
                        end);
            }
            for (int i = 0; i < rowLength; i++) {
                float scale = norm[i] > 0 ? 1 / norm[i] : 0;
                to.real(0)[from + i] *= scale;
                to.imaginary(0)[from + i] *= scale;
            }
        });
        return to;
    }
}
