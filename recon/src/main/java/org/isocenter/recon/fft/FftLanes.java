package org.isocenter.recon.fft;

import java.util.Arrays;
import org.jtransforms.fft.FloatFFT_1D;

/**
 * The inverse centred Fourier transform of up to {@value #LANES} lines at once, side by side: the same transform as
 * {@link CentredFft}'s, some four times as fast. {@code image[n] = Σ_k data[k] · exp(+2πi (k-c)(n-c) / length)} with {@code c =
 * length / 2}, rounded down, and no scale factor. The forward transform is the same with real and imaginary parts changing places, on the
 * way in and on the way out.
 *
 * <p>Load, transform, store. A point of all lines is one array, so each step of the transform is a loop over lines, with the same
 * index into a few distinct arrays: loops that the compiler turns into vector instructions, if they are short. Shifts of
 * the centre, cutting and filling with zeros happen on the way in and out. One thread; make one per task, not per line.
 */
public final class FftLanes {
    public static final int LANES = 64;
    /** Points of a line that are transformed among themselves first: those of all lanes must fit into the first cache. */
    private static final int MOST_TOGETHER = 32;
    /** Lines that are turned together: their cache lines must fit into the first cache, also when far apart by a power of two. */
    private static final int TILE = 16;

    private final FftPlan plan;
    private final int length;
    private final int center;
    private final float[][] real;
    private final float[][] imaginary;
    private final OddFactorPass odd;
    private int lanes;

    public FftLanes(FftPlan plan) {
        this.plan = plan;
        this.length = plan.length();
        this.center = length / 2;
        this.real = new float[length][LANES];
        this.imaginary = new float[length][LANES];
        this.odd = new OddFactorPass(plan, real, imaginary);
    }

    /** Takes lines, at most {@value #LANES}, of which the arrays have only a part; the rest of them is zero. */
    public void load(float[] fromReal, float[] fromImaginary, Lines at, Span span) {
        lanes = at.lines();
        int end = Math.min(length, span.first() + span.count());
        for (int k = 0; k < length; k++) {
            if (k < span.first() || k >= end) {
                Arrays.fill(real[row(k)], 0, lanes, 0);
                Arrays.fill(imaginary[row(k)], 0, lanes, 0);
            }
        }
        int start = Math.max(0, span.first());
        for (int lane = 0; lane < lanes; lane += at.lineStride() == 1 ? lanes : TILE) {
            for (int k = start; k < end; k++) {
                int point = at.offset() + (k - span.first()) * at.stride();
                if (at.lineStride() == 1) {
                    System.arraycopy(fromReal, point, real[row(k)], 0, lanes);
                    System.arraycopy(fromImaginary, point, imaginary[row(k)], 0, lanes);
                } else {
                    collect(fromReal, point, at.lineStride(), real[row(k)], lane);
                    collect(fromImaginary, point, at.lineStride(), imaginary[row(k)], lane);
                }
            }
        }
    }

    /** Transforms what was loaded. */
    public void inverse() {
        if (plan.factors() == null) {
            lineByLine();
            return;
        }
        int[] factors = plan.factors();
        int together = 1;
        int inner = 0;
        while (inner < factors.length && together * factors[inner] <= MOST_TOGETHER) {
            together *= factors[inner++];
        }
        for (int from = 0; from < length; from += together) {
            passes(0, inner, 1, new OddFactorPass.Points(from, from + together, 0, 1));
        }
        for (int first = 0; first < together; first++) {
            passes(inner, factors.length, together, new OddFactorPass.Points(0, length, first, together));
        }
    }

    /** The passes of factors {@code from} to {@code to - 1} over a part of the points that need no others. */
    private void passes(int from, int to, int startSize, OddFactorPass.Points points) {
        int size = startSize;
        for (int pass = from; pass < to; pass++) {
            int factor = plan.factors()[pass];
            if (factor == 2) {
                doublePass(size, points);
            } else {
                odd.run(size, factor, lanes, points);
            }
            size *= factor;
        }
    }

    /** Puts a part of the lines where it belongs; points beyond their ends are zero. */
    public void store(float[] toReal, float[] toImaginary, Lines at, Span span) {
        for (int lane = 0; lane < lanes; lane += at.lineStride() == 1 ? lanes : TILE) {
            for (int i = 0; i < span.count(); i++) {
                int point = at.offset() + i * at.stride();
                int n = span.first() + i;
                boolean outside = n < 0 || n >= length;
                int row = n >= center ? n - center : n - center + length;
                if (outside) {
                    clear(toReal, point, at.lineStride(), lane);
                    clear(toImaginary, point, at.lineStride(), lane);
                } else if (at.lineStride() == 1) {
                    System.arraycopy(real[row], 0, toReal, point, lanes);
                    System.arraycopy(imaginary[row], 0, toImaginary, point, lanes);
                } else {
                    distribute(real[row], lane, toReal, point, at.lineStride());
                    distribute(imaginary[row], lane, toImaginary, point, at.lineStride());
                }
            }
        }
    }

    private int row(int k) {
        return plan.place(k >= center ? k - center : k - center + length);
    }

    private void collect(float[] from, int point, int lineStride, float[] row, int first) {
        int end = Math.min(lanes, first + TILE);
        int at = point + first * lineStride;
        for (int lane = first; lane < end; lane++) {
            row[lane] = from[at];
            at += lineStride;
        }
    }

    private void distribute(float[] row, int first, float[] to, int point, int lineStride) {
        int end = Math.min(lanes, first + TILE);
        int at = point + first * lineStride;
        for (int lane = first; lane < end; lane++) {
            to[at] = row[lane];
            at += lineStride;
        }
    }

    private void clear(float[] to, int point, int lineStride, int first) {
        int end = lineStride == 1 ? lanes : Math.min(lanes, first + TILE);
        for (int lane = first; lane < end; lane++) {
            to[point + lane * lineStride] = 0;
        }
    }

    /** From pairs of transforms of {@code size} points, transforms of twice as many. */
    private void doublePass(int size, OddFactorPass.Points points) {
        int step = length / (2 * size);
        for (int j = points.first(); j < size; j += points.step()) {
            float cosine = plan.cosine(j * step);
            float sine = plan.sine(j * step);
            for (int k = points.from() + j; k < points.to(); k += 2 * size) {
                butterfly(real[k], imaginary[k], real[k + size], imaginary[k + size], cosine, sine, lanes);
            }
        }
    }

    private static void butterfly(
            float[] real0, float[] imaginary0, float[] real1, float[] imaginary1, float cosine, float sine, int lanes) {
        for (int i = 0; i < lanes; i++) {
            float real = real1[i] * cosine - imaginary1[i] * sine;
            float imaginary = real1[i] * sine + imaginary1[i] * cosine;
            float otherReal = real0[i];
            float otherImaginary = imaginary0[i];
            real0[i] = otherReal + real;
            imaginary0[i] = otherImaginary + imaginary;
            real1[i] = otherReal - real;
            imaginary1[i] = otherImaginary - imaginary;
        }
    }

    private void lineByLine() {
        FloatFFT_1D fft = new FloatFFT_1D(length);
        float[] line = new float[2 * length];
        for (int lane = 0; lane < lanes; lane++) {
            for (int k = 0; k < length; k++) {
                line[2 * k] = real[k][lane];
                line[2 * k + 1] = imaginary[k][lane];
            }
            fft.complexInverse(line, false);
            for (int k = 0; k < length; k++) {
                real[k][lane] = line[2 * k];
                imaginary[k][lane] = line[2 * k + 1];
            }
        }
    }
}
