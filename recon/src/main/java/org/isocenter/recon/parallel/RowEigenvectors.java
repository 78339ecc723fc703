package org.isocenter.recon.parallel;

import java.util.Arrays;

/**
 * The eigenvector of the largest eigenvalue of one small Hermitian matrix per pixel, for a row of pixels at a time: the power
 * iteration, with every step a plain loop along the row. The matrices must be positive semi-definite. One thread.
 */
final class RowEigenvectors {
    private final int channels;
    private final int length;
    private final float[][] matrixReal;
    private final float[][] matrixImaginary;
    private float[][] real;
    private float[][] imaginary;
    private float[][] nextReal;
    private float[][] nextImaginary;
    private final float[] norm;

    RowEigenvectors(int channels, int length) {
        this.channels = channels;
        this.length = length;
        matrixReal = new float[channels * channels][];
        matrixImaginary = new float[channels * channels][];
        for (int a = 0; a < channels; a++) {
            for (int b = a; b < channels; b++) {
                matrixReal[a * channels + b] = new float[length];
                matrixImaginary[a * channels + b] = new float[length];
            }
        }
        real = new float[channels][length];
        imaginary = new float[channels][length];
        nextReal = new float[channels][length];
        nextImaginary = new float[channels][length];
        norm = new float[length];
    }

    /** Element (a, b), {@code a <= b}, of all pixels; to be filled in. */
    float[] matrixReal(int a, int b) {
        return matrixReal[a * channels + b];
    }

    float[] matrixImaginary(int a, int b) {
        return matrixImaginary[a * channels + b];
    }

    /** One component of the vectors. */
    float[] real(int channel) {
        return real[channel];
    }

    float[] imaginary(int channel) {
        return imaginary[channel];
    }

    /** The eigenvalues: the length of the last product. */
    float[] values() {
        return norm;
    }

    /** Iterates from the column with the largest diagonal; vectors of length 1, or 0 where the matrix is 0. */
    void solve(int iterations) {
        start();
        normalise();
        for (int i = 0; i < iterations; i++) {
            multiply();
            normalise();
        }
    }

    private void start() {
        for (int pixel = 0; pixel < length; pixel++) {
            int largest = 0;
            for (int channel = 1; channel < channels; channel++) {
                if (matrixReal(channel, channel)[pixel] > matrixReal(largest, largest)[pixel]) {
                    largest = channel;
                }
            }
            for (int channel = 0; channel < channels; channel++) {
                int upper = Math.min(channel, largest);
                int lower = Math.max(channel, largest);
                real[channel][pixel] = matrixReal(upper, lower)[pixel];
                imaginary[channel][pixel] = channel <= largest
                        ? matrixImaginary(upper, lower)[pixel]
                        : -matrixImaginary(upper, lower)[pixel];
            }
        }
    }

    private void multiply() {
        for (int a = 0; a < channels; a++) {
            float[] toReal = nextReal[a];
            float[] toImaginary = nextImaginary[a];
            Arrays.fill(toReal, 0);
            Arrays.fill(toImaginary, 0);
            for (int b = 0; b < channels; b++) {
                if (a <= b) {
                    RowArithmetic.addProduct(
                            matrixReal(a, b), matrixImaginary(a, b), real[b], imaginary[b], toReal, toImaginary);
                } else {
                    RowArithmetic.addConjugateProduct(
                            matrixReal(b, a),
                            matrixImaginary(b, a),
                            real[b],
                            imaginary[b],
                            toReal,
                            toImaginary,
                            0,
                            length);
                }
            }
        }
        float[][] swap = real;
        real = nextReal;
        nextReal = swap;
        swap = imaginary;
        imaginary = nextImaginary;
        nextImaginary = swap;
    }

    private void normalise() {
        Arrays.fill(norm, 0);
        for (int channel = 0; channel < channels; channel++) {
            float[] r = real[channel];
            float[] i = imaginary[channel];
            for (int pixel = 0; pixel < length; pixel++) {
                norm[pixel] += r[pixel] * r[pixel] + i[pixel] * i[pixel];
            }
        }
        for (int pixel = 0; pixel < length; pixel++) {
            norm[pixel] = (float) Math.sqrt(norm[pixel]);
        }
        float[] scale = new float[length];
        for (int pixel = 0; pixel < length; pixel++) {
            scale[pixel] = norm[pixel] > 0 ? 1 / norm[pixel] : 0;
        }
        for (int channel = 0; channel < channels; channel++) {
            float[] r = real[channel];
            float[] i = imaginary[channel];
            for (int pixel = 0; pixel < length; pixel++) {
                r[pixel] *= scale[pixel];
            }
            for (int pixel = 0; pixel < length; pixel++) {
                i[pixel] *= scale[pixel];
            }
        }
    }
}
