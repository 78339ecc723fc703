package org.isocenter.recon.iterative;

/**
 * Arithmetic on planar complex arrays, from one index to another: plain loops over distinct arrays with the same index, which
 * the JIT vectorises.
 */
final class Planar {
    private Planar() {}

    /** {@code to += values}. */
    static void add(float[] values, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] += values[i];
        }
    }

    /** {@code to += factor · values}. */
    static void addScaled(float factor, float[] values, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] += factor * values[i];
        }
    }

    /** {@code to = values + factor · to}. */
    static void scaleAndAdd(float factor, float[] values, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] = values[i] + factor * to[i];
        }
    }

    static void scale(float factor, float[] values, int start, int end) {
        for (int i = start; i < end; i++) {
            values[i] *= factor;
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

    /** {@code Σ a · b}, in four sums so that additions need not wait for one another. */
    static double dot(float[] a, float[] b, int start, int end) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = start;
        for (; i + 3 < end; i += 4) {
            sum0 += (double) a[i] * b[i];
            sum1 += (double) a[i + 1] * b[i + 1];
            sum2 += (double) a[i + 2] * b[i + 2];
            sum3 += (double) a[i + 3] * b[i + 3];
        }
        for (; i < end; i++) {
            sum0 += (double) a[i] * b[i];
        }
        return sum0 + sum1 + sum2 + sum3;
    }
}
