package org.isocenter.recon.fft;

import java.util.Arrays;

/**
 * From {@code p} transforms each, transforms {@code p} times as long, for an odd {@code p}. Points j and p-j are folded into
 * their sum and difference, because cosines are even and sines are odd: output k is a + ib and output p-k is a - ib, where a is a sum of
 * sums and b one of differences. One thread.
 */
final class OddFactorPass {
    private static final int MOST_PAIRS = FftPlan.LARGEST_FACTOR / 2;

    private final FftPlan plan;
    private final float[][] real;
    private final float[][] imaginary;
    private final float[][] evenReal = new float[MOST_PAIRS][FftLanes.LANES];
    private final float[][] evenImaginary = new float[MOST_PAIRS][FftLanes.LANES];
    private final float[][] oddReal = new float[MOST_PAIRS][FftLanes.LANES];
    private final float[][] oddImaginary = new float[MOST_PAIRS][FftLanes.LANES];

    /** Works on these arrays: one per point of the line. */
    OddFactorPass(FftPlan plan, float[][] real, float[][] imaginary) {
        this.plan = plan;
        this.real = real;
        this.imaginary = imaginary;
    }

    /**
     * A part of a line's points, for passes one after the other while it is in the cache.
     *
     * @param from of them the first
     * @param to behind the last
     * @param first of each of the transforms that there are, the first point that is meant
     * @param step from there on
     */
    record Points(int from, int to, int first, int step) {}

    /** @param size of the transforms that there are now, next to one another */
    void run(int size, int factor, int lanes, Points points) {
        int step = plan.length() / (factor * size);
        for (int j = points.first(); j < size; j += points.step()) {
            for (int k = points.from() + j; k < points.to(); k += factor * size) {
                fold(k, size, factor, j * step, lanes);
                evenParts(k, size, factor, lanes);
                oddParts(k, size, factor, lanes);
                unfold(k, size, factor, lanes);
            }
        }
    }

    private void fold(int k, int size, int factor, int turn, int lanes) {
        for (int j = 1; j <= factor / 2; j++) {
            int low = k + j * size;
            int high = k + (factor - j) * size;
            rotate(real[low], imaginary[low], plan.cosine(j * turn), plan.sine(j * turn), lanes);
            int other = (factor - j) * turn;
            rotate(real[high], imaginary[high], plan.cosine(other), plan.sine(other), lanes);
            sumAndDifference(real[low], real[high], lanes);
            sumAndDifference(imaginary[low], imaginary[high], lanes);
        }
    }

    private void evenParts(int k, int size, int factor, int lanes) {
        int turn = plan.length() / factor;
        int pairs = factor / 2;
        for (int out = 0; out < pairs; out++) {
            System.arraycopy(real[k], 0, evenReal[out], 0, lanes);
            System.arraycopy(imaginary[k], 0, evenImaginary[out], 0, lanes);
            for (int j = 1; j <= pairs; j++) {
                float cosine = plan.cosine(j * (out + 1) % factor * turn);
                addScaled(evenReal[out], real[k + j * size], cosine, lanes);
                addScaled(evenImaginary[out], imaginary[k + j * size], cosine, lanes);
            }
        }
        for (int j = 1; j <= pairs; j++) {
            addScaled(real[k], real[k + j * size], 1, lanes);
            addScaled(imaginary[k], imaginary[k + j * size], 1, lanes);
        }
    }

    private void oddParts(int k, int size, int factor, int lanes) {
        int turn = plan.length() / factor;
        int pairs = factor / 2;
        for (int out = 0; out < pairs; out++) {
            Arrays.fill(oddReal[out], 0, lanes, 0);
            Arrays.fill(oddImaginary[out], 0, lanes, 0);
            for (int j = 1; j <= pairs; j++) {
                float sine = plan.sine(j * (out + 1) % factor * turn);
                addScaled(oddReal[out], real[k + (factor - j) * size], sine, lanes);
                addScaled(oddImaginary[out], imaginary[k + (factor - j) * size], sine, lanes);
            }
        }
    }

    private void unfold(int k, int size, int factor, int lanes) {
        for (int j = 1; j <= factor / 2; j++) {
            int low = k + j * size;
            int high = k + (factor - j) * size;
            apart(evenReal[j - 1], oddImaginary[j - 1], real[high], real[low], lanes);
            apart(evenImaginary[j - 1], oddReal[j - 1], imaginary[low], imaginary[high], lanes);
        }
    }

    private static void rotate(float[] real, float[] imaginary, float cosine, float sine, int lanes) {
        for (int i = 0; i < lanes; i++) {
            float re = real[i];
            float im = imaginary[i];
            real[i] = re * cosine - im * sine;
            imaginary[i] = re * sine + im * cosine;
        }
    }

    private static void sumAndDifference(float[] low, float[] high, int lanes) {
        for (int i = 0; i < lanes; i++) {
            float first = low[i];
            float second = high[i];
            low[i] = first + second;
            high[i] = first - second;
        }
    }

    private static void addScaled(float[] to, float[] from, float factor, int lanes) {
        for (int i = 0; i < lanes; i++) {
            to[i] += factor * from[i];
        }
    }

    private static void apart(float[] even, float[] odd, float[] sum, float[] difference, int lanes) {
        for (int i = 0; i < lanes; i++) {
            float a = even[i];
            float b = odd[i];
            sum[i] = a + b;
            difference[i] = a - b;
        }
    }
}
