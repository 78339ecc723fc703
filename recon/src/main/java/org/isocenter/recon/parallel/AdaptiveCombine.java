package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Coil sensitivities by what the channels have in common in the neighbourhood of each pixel (Walsh, Gmitro and Marcellin 2000,
 * MRM 43:682): the first eigenvector of the covariance of the channels' images over a block. Needs no threshold and knows every
 * pixel, also where there is but noise. The channels' noise is taken as alike and independent (prewhiten first). Any thread;
 * rows in parallel on the common pool.
 */
public final class AdaptiveCombine {
    private static final int ITERATIONS = 15;
    /** Pixels of the coarse grid for each sample of calibration data. */
    private static final int FINENESS = 2;

    private AdaptiveCombine() {}

    /**
     * Of whole images, at each pixel.
     *
     * @param blockWidth pixels along each axis, odd, 3 … 15
     */
    public static Sensitivities sensitivities(ChannelGrid images, int blockWidth) {
        return sensitivities(images, blockWidth, ParallelLoop.PLAIN);
    }

    /** The same, row by row. */
    static Sensitivities sensitivities(ChannelGrid images, int blockWidth, ParallelLoop loop) {
        ChannelGrid maps = new ChannelGrid(images.channels(), images.sizeX(), images.sizeY(), images.sizeZ());
        PhaseReference reference = new PhaseReference(images);
        // Squares of squares of small numbers would vanish.
        float scale = (float) (1 / Math.max(Double.MIN_NORMAL, largest(images)));
        loop.run(images.sizeY() * images.sizeZ(), row -> {
            int length = images.sizeX();
            RowEigenvectors vectors = new RowEigenvectors(images.channels(), length);
            covariances(images, row, blockWidth / 2, scale, vectors);
            vectors.solve(ITERATIONS);
            reference.apply(vectors, length);
            for (int channel = 0; channel < images.channels(); channel++) {
                System.arraycopy(vectors.real(channel), 0, maps.real(channel), row * length, length);
                System.arraycopy(vectors.imaginary(channel), 0, maps.imaginary(channel), row * length, length);
            }
        });
        return new Sensitivities(maps);
    }

    /**
     * The fast variant for calibration data: on a coarse grid, as fine as they resolve, then between its pixels.
     *
     * @param calibration the middle of k-space without gaps
     * @param sizeX of the maps; the same for y and z
     * @param loop over rows
     */
    public static Sensitivities ofCalibration(
            ChannelGrid calibration, int sizeX, int sizeY, int sizeZ, int blockWidth, ParallelLoop loop) {
        ChannelGrid coarse = new ChannelGrid(
                calibration.channels(),
                Math.min(sizeX, FINENESS * calibration.sizeX()),
                Math.min(sizeY, FINENESS * calibration.sizeY()),
                Math.min(sizeZ, FINENESS * calibration.sizeZ()));
        IntStream.range(0, calibration.channels())
                .parallel()
                .forEach(channel -> CalibrationImage.fill(calibration, channel, coarse));
        return sensitivities(coarse, blockWidth, loop).resampled(sizeX, sizeY, sizeZ);
    }

    private static float largest(ChannelGrid images) {
        float largest = 0;
        for (int channel = 0; channel < images.channels(); channel++) {
            for (int i = 0; i < images.points(); i++) {
                largest = Math.max(largest, Math.abs(images.real(channel)[i]));
                largest = Math.max(largest, Math.abs(images.imaginary(channel)[i]));
            }
        }
        return largest;
    }

    /** Of the blocks about a row's pixels; blocks end where the image does. */
    private static void covariances(ChannelGrid images, int row, int reach, float scale, RowEigenvectors to) {
        int length = images.sizeX();
        int rowY = row % images.sizeY();
        int rowZ = row / images.sizeY();
        float[] columnReal = new float[length];
        float[] columnImaginary = new float[length];
        float[][] real = new float[images.channels()][length];
        float[][] imaginary = new float[images.channels()][length];
        for (int z = Math.max(0, rowZ - reach); z <= Math.min(images.sizeZ() - 1, rowZ + reach); z++) {
            for (int y = Math.max(0, rowY - reach); y <= Math.min(images.sizeY() - 1, rowY + reach); y++) {
                int from = (z * images.sizeY() + y) * length;
                for (int channel = 0; channel < images.channels(); channel++) {
                    for (int i = 0; i < length; i++) {
                        real[channel][i] = scale * images.real(channel)[from + i];
                        imaginary[channel][i] = scale * images.imaginary(channel)[from + i];
                    }
                }
                for (int a = 0; a < images.channels(); a++) {
                    for (int b = a; b < images.channels(); b++) {
                        RowArithmetic.addConjugateProduct(
                                real[b],
                                imaginary[b],
                                real[a],
                                imaginary[a],
                                to.matrixReal(a, b),
                                to.matrixImaginary(a, b),
                                0,
                                length);
                    }
                }
            }
        }
        for (int a = 0; a < images.channels(); a++) {
            for (int b = a; b < images.channels(); b++) {
                sumAlong(to.matrixReal(a, b), reach, columnReal);
                sumAlong(to.matrixImaginary(a, b), reach, columnImaginary);
            }
        }
    }

    private static void sumAlong(float[] values, int reach, float[] scratch) {
        System.arraycopy(values, 0, scratch, 0, values.length);
        for (int i = 0; i < values.length; i++) {
            float sum = 0;
            for (int j = Math.max(0, i - reach); j <= Math.min(values.length - 1, i + reach); j++) {
                sum += scratch[j];
            }
            values[i] = sum;
        }
    }
}
