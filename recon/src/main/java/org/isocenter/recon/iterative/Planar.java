package org.isocenter.recon.iterative;

/** Arithmetic on planar complex arrays: plain loops over distinct arrays with the same index, which are vectorised. */
final class Planar {
    private Planar() {}

    static void add(float[] values, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] += values[i];
        }
    }

    /** {@code to = a · b}. */
    static void multiply(
            float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary, float[] toReal, float[] toImaginary) {
        for (int i = 0; i < aReal.length; i++) {
            toReal[i] = aReal[i] * bReal[i] - aImaginary[i] * bImaginary[i];
        }
        for (int i = 0; i < aReal.length; i++) {
            toImaginary[i] = aReal[i] * bImaginary[i] + aImaginary[i] * bReal[i];
        }
    }

    /** {@code to += conj(a) · b}. */
    static void addConjugateProduct(
            float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary, float[] toReal, float[] toImaginary) {
        for (int i = 0; i < aReal.length; i++) {
            toReal[i] += aReal[i] * bReal[i] + aImaginary[i] * bImaginary[i];
        }
        for (int i = 0; i < aReal.length; i++) {
            toImaginary[i] += aReal[i] * bImaginary[i] - aImaginary[i] * bReal[i];
        }
    }
}
