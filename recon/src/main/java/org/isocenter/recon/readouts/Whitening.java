package org.isocenter.recon.readouts;

import java.util.random.RandomGenerator;
import org.isocenter.recon.parallel.HermitianMatrix;

/**
 * Mixes channels so that their noise becomes alike and independent: by the inverse of the lower factor L of the noise's
 * covariance Ψ = L·Lᴴ (Kellman and McVeigh 2005, with the erratum of 2007). Immutable; any thread.
 */
final class Whitening {
    /** Row c has what channel c becomes of channels 0 to c. */
    private final double[][] real;

    private final double[][] imaginary;

    /** L, row by row. */
    private final double[][] factorReal;

    private final double[][] factorImaginary;

    /**
     * @param covariance of complex noise
     * @throws IllegalArgumentException where noise of some channel is none, or a mixture of the others
     */
    Whitening(HermitianMatrix covariance) {
        int n = covariance.size();
        double[][] re = new double[n][n];
        double[][] im = new double[n][n];
        factor(covariance, re, im);
        factorReal = re;
        factorImaginary = im;
        real = new double[n][n];
        imaginary = new double[n][n];
        for (int row = 0; row < n; row++) {
            double pivot = 1 / re[row][row];
            real[row][row] = pivot;
            for (int column = 0; column < row; column++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int k = column; k < row; k++) {
                    sumRe += re[row][k] * real[k][column] - im[row][k] * imaginary[k][column];
                    sumIm += re[row][k] * imaginary[k][column] + im[row][k] * real[k][column];
                }
                real[row][column] = -pivot * sumRe;
                imaginary[row][column] = -pivot * sumIm;
            }
        }
    }

    /** Cholesky's, row after row. */
    private static void factor(HermitianMatrix matrix, double[][] re, double[][] im) {
        for (int row = 0; row < matrix.size(); row++) {
            for (int column = 0; column <= row; column++) {
                double sumRe = matrix.real(row, column);
                double sumIm = matrix.imaginary(row, column);
                for (int k = 0; k < column; k++) {
                    sumRe -= re[row][k] * re[column][k] + im[row][k] * im[column][k];
                    sumIm -= im[row][k] * re[column][k] - re[row][k] * im[column][k];
                }
                if (row > column) {
                    re[row][column] = sumRe / re[column][column];
                    im[row][column] = sumIm / re[column][column];
                } else if (sumRe > 1e-9 * matrix.real(row, row)) {
                    re[row][row] = Math.sqrt(sumRe);
                } else {
                    throw new IllegalArgumentException("channel " + row
                            + (matrix.real(row, row) > 0
                                    ? " has no noise of its own beside that of the channels before it"
                                    : " has no noise"));
                }
            }
        }
    }

    int channels() {
        return real.length;
    }

    /**
     * Adds noise of this covariance to one readout's channels.
     *
     * @param scale that the noise is multiplied by
     */
    void addNoise(float[] toReal, float[] toImaginary, int samples, double scale, RandomGenerator random) {
        double[] re = new double[channels()];
        double[] im = new double[channels()];
        // The covariance is that of complex noise, twice that of either part.
        double size = scale * Math.sqrt(0.5);
        for (int s = 0; s < samples; s++) {
            for (int channel = 0; channel < re.length; channel++) {
                re[channel] = size * random.nextGaussian();
                im[channel] = size * random.nextGaussian();
            }
            for (int to = 0; to < re.length; to++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int from = 0; from <= to; from++) {
                    sumRe += factorReal[to][from] * re[from] - factorImaginary[to][from] * im[from];
                    sumIm += factorReal[to][from] * im[from] + factorImaginary[to][from] * re[from];
                }
                toReal[to * samples + s] += (float) sumRe;
                toImaginary[to * samples + s] += (float) sumIm;
            }
        }
    }

    /**
     * Adds to zeros what some channels become.
     *
     * @param fromReal of the channels up to the last one, in planes of {@code samples} each
     * @param scale that all is multiplied by
     * @param toReal of the channels from the first one on
     */
    void apply(
            int firstChannel,
            int lastChannel,
            float[] fromReal,
            float[] fromImaginary,
            int samples,
            double scale,
            float[] toReal,
            float[] toImaginary) {
        for (int to = firstChannel; to <= lastChannel; to++) {
            for (int from = 0; from <= to; from++) {
                float re = (float) (scale * real[to][from]);
                float im = (float) (scale * imaginary[to][from]);
                int toOffset = (to - firstChannel) * samples;
                int fromOffset = from * samples;
                for (int s = 0; s < samples; s++) {
                    float a = fromReal[fromOffset + s];
                    float b = fromImaginary[fromOffset + s];
                    toReal[toOffset + s] += re * a - im * b;
                    toImaginary[toOffset + s] += re * b + im * a;
                }
            }
        }
    }
}
