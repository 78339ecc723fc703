package org.isocenter.recon.iterative;

import java.util.stream.IntStream;

/**
 * The pixels of an image in pieces of a fixed size, worked on in parallel on the common pool. Sums are formed piece by piece
 * and then in order, so that they do not depend on the number of threads. One caller at a time.
 */
final class Pieces {
    private static final int PIXELS_PER_PIECE = 1 << 14;

    interface Work {
        void on(int start, int end);
    }

    interface Sum {
        double of(int start, int end);
    }

    private final int pixels;
    private final double[] sums;

    Pieces(int pixels) {
        this.pixels = pixels;
        this.sums = new double[(pixels + PIXELS_PER_PIECE - 1) / PIXELS_PER_PIECE];
    }

    void each(Work work) {
        IntStream.range(0, sums.length).parallel().forEach(piece -> work.on(start(piece), end(piece)));
    }

    double sum(Sum sum) {
        IntStream.range(0, sums.length).parallel().forEach(piece -> sums[piece] = sum.of(start(piece), end(piece)));
        double total = 0;
        for (double each : sums) {
            total += each;
        }
        return total;
    }

    /** The real part of {@code conj(a) · b}, which is the square of the norm where both are the same. */
    double dot(float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary) {
        return sum(
                (start, end) -> Planar.dot(aReal, bReal, start, end) + Planar.dot(aImaginary, bImaginary, start, end));
    }

    private static int start(int piece) {
        return piece * PIXELS_PER_PIECE;
    }

    private int end(int piece) {
        return Math.min(pixels, (piece + 1) * PIXELS_PER_PIECE);
    }
}
