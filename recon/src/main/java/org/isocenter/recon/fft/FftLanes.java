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
    private final float[] tile;
    private int lanes;

    public FftLanes(FftPlan plan) {
        this.plan = plan;
        this.length = plan.length();
        this.center = length / 2;
        this.real = new float[length][LANES];
        this.imaginary = new float[length][LANES];
        this.tile = new float[TILE * length];
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
        if (at.lineStride() == 1) {
            for (int k = start; k < end; k++) {
                int point = at.offset() + (k - span.first()) * at.stride();
                System.arraycopy(fromReal, point, real[row(k)], 0, lanes);
                System.arraycopy(fromImaginary, point, imaginary[row(k)], 0, lanes);
            }
            return;
        }
        for (int lane = 0; lane < lanes; lane += TILE) {
            turnIn(fromReal, at, start - span.first(), lane, real, start, end);
            turnIn(fromImaginary, at, start - span.first(), lane, imaginary, start, end);
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
        int start = Math.max(0, -span.first());
        int end = Math.max(start, Math.min(span.count(), length - span.first()));
        for (int i = 0; i < span.count(); i++) {
            if (i < start || i >= end) {
                clear(toReal, at.offset() + i * at.stride(), at.lineStride());
                clear(toImaginary, at.offset() + i * at.stride(), at.lineStride());
            }
        }
        if (at.lineStride() == 1) {
            for (int i = start; i < end; i++) {
                int row = pixel(span.first() + i);
                System.arraycopy(real[row], 0, toReal, at.offset() + i * at.stride(), lanes);
                System.arraycopy(imaginary[row], 0, toImaginary, at.offset() + i * at.stride(), lanes);
            }
            return;
        }
        for (int lane = 0; lane < lanes; lane += TILE) {
            turnOut(real, span.first() + start, span.first() + end, lane, toReal, at, start);
            turnOut(imaginary, span.first() + start, span.first() + end, lane, toImaginary, at, start);
        }
    }

    /** Where point {@code k} of k-space enters. */
    private int row(int k) {
        return plan.place(k >= center ? k - center : k - center + length);
    }

    /** Where pixel {@code n} comes out. */
    private int pixel(int n) {
        return n >= center ? n - center : n - center + length;
    }

    /**
     * Puts points {@code first} to {@code end - 1} of a few lines, of which each is contiguous, into rows; the first of them is this point of
     * the line as it is stored. By way of a tile in the first cache: memory is fast where it is read line by line.
     */
    private void turnIn(float[] from, Lines at, int point, int lane, float[][] rows, int first, int end) {
        int count = end - first;
        int lines = Math.min(lanes - lane, TILE);
        for (int line = 0; line < lines; line++) {
            System.arraycopy(from, at.offset() + (lane + line) * at.lineStride() + point, tile, line * length, count);
        }
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            int k = first + i;
            collect(i, lines, rows[row(k)], rows[row(k + 1)], rows[row(k + 2)], rows[row(k + 3)], lane);
        }
        for (; i < count; i++) {
            float[] row = rows[row(first + i)];
            for (int line = 0; line < lines; line++) {
                row[lane + line] = tile[line * length + i];
            }
        }
    }

    private void collect(int i, int lines, float[] row0, float[] row1, float[] row2, float[] row3, int lane) {
        int place = i;
        for (int line = lane; line < lane + lines; line++) {
            row0[line] = tile[place];
            row1[line] = tile[place + 1];
            row2[line] = tile[place + 2];
            row3[line] = tile[place + 3];
            place += length;
        }
    }

    /** The way back: pixels {@code first} to {@code end - 1}, the first of them to this point of each line. */
    private void turnOut(float[][] rows, int first, int end, int lane, float[] to, Lines at, int point) {
        int lines = Math.min(lanes - lane, TILE);
        int n = first;
        for (; n + 4 <= end; n += 4) {
            distribute(n, lines, rows[pixel(n)], rows[pixel(n + 1)], rows[pixel(n + 2)], rows[pixel(n + 3)], lane);
        }
        for (; n < end; n++) {
            float[] row = rows[pixel(n)];
            for (int line = 0; line < lines; line++) {
                tile[line * length + n] = row[lane + line];
            }
        }
        for (int line = 0; line < lines; line++) {
            int place = at.offset() + (lane + line) * at.lineStride() + point;
            System.arraycopy(tile, line * length + first, to, place, end - first);
        }
    }

    private void distribute(int n, int lines, float[] row0, float[] row1, float[] row2, float[] row3, int lane) {
        int place = n;
        for (int line = lane; line < lane + lines; line++) {
            tile[place] = row0[line];
            tile[place + 1] = row1[line];
            tile[place + 2] = row2[line];
            tile[place + 3] = row3[line];
            place += length;
        }
    }

    private void clear(float[] to, int point, int lineStride) {
        for (int lane = 0; lane < lanes; lane++) {
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
