package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/** Arithmetic on ranges of planar complex arrays, which must be distinct: loops that the JIT vectorises. */
final class RowArithmetic {
    private RowArithmetic() {}

    /** {@code to += factor · values}. */
    static void addScaled(
            float factorReal,
            float factorImaginary,
            float[] real,
            float[] imaginary,
            float[] toReal,
            float[] toImaginary,
            int from,
            int end) {
        for (int i = from; i < end; i++) {
            toReal[i] += factorReal * real[i] - factorImaginary * imaginary[i];
        }
        for (int i = from; i < end; i++) {
            toImaginary[i] += factorReal * imaginary[i] + factorImaginary * real[i];
        }
    }

    /** {@code to += a · b}, over all of the arrays. */
    static void addProduct(
            float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary, float[] toReal, float[] toImaginary) {
        for (int i = 0; i < toReal.length; i++) {
            toReal[i] += aReal[i] * bReal[i] - aImaginary[i] * bImaginary[i];
        }
        for (int i = 0; i < toReal.length; i++) {
            toImaginary[i] += aReal[i] * bImaginary[i] + aImaginary[i] * bReal[i];
        }
    }

    /** {@code to += conj(a) · b}. */
    static void addConjugateProduct(
            float[] aReal,
            float[] aImaginary,
            float[] bReal,
            float[] bImaginary,
            float[] toReal,
            float[] toImaginary,
            int from,
            int end) {
        for (int i = from; i < end; i++) {
            toReal[i] += aReal[i] * bReal[i] + aImaginary[i] * bImaginary[i];
        }
        for (int i = from; i < end; i++) {
            toImaginary[i] += aReal[i] * bImaginary[i] - aImaginary[i] * bReal[i];
        }
    }

    /** "8 channels of 230×180×1". */
    static String describe(ChannelGrid grid) {
        return grid.channels() + " channels of " + grid.sizeX() + "×" + grid.sizeY() + "×" + grid.sizeZ();
    }
}
