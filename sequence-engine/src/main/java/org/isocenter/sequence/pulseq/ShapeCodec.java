package org.isocenter.sequence.pulseq;

import java.util.Arrays;

/**
 * Pulseq's compression of shapes: first differences, of which a value that comes m ≥ 2 times in a row is stored as
 * {@code v v m-2}.
 */
final class ShapeCodec {
    /** What differences are rounded to when written. */
    private static final double QUANTA_PER_UNIT = 1e7;

    /** Shapes up to this length are not worth compressing; the reference toolbox leaves them too. */
    private static final int SHORT = 4;

    private ShapeCodec() {}

    /**
     * Undoes the compression. Equal neighbours are looked for as doubles first, then as the floats that some writers and
     * readers compare.
     *
     * @param samples length of the result; nothing longer is ever built
     * @return null when the stored numbers do not make that many samples
     */
    static double[] decompress(double[] stored, int samples) {
        double[] result = decompress(stored, samples, false);
        return result != null ? result : decompress(stored, samples, true);
    }

    private static double[] decompress(double[] stored, int samples, boolean compareAsFloat) {
        if (length(stored, samples, compareAsFloat) != samples) {
            return null; // before anything is allocated that only a count asks for
        }
        double[] result = new double[samples];
        int out = 0;
        double sum = 0;
        for (int i = 0; i < stored.length; ) {
            double value = stored[i];
            if (isRun(stored, i, compareAsFloat)) {
                for (int end = out + (int) stored[i + 2] + 2; out < end; out++) {
                    sum += value;
                    result[out] = sum;
                }
                i += 3;
            } else {
                sum += value;
                result[out++] = sum;
                i++;
            }
        }
        return result;
    }

    /** How many samples the stored numbers make; -1 for a run without a length, or beyond the most. */
    private static int length(double[] stored, int most, boolean compareAsFloat) {
        int length = 0;
        for (int i = 0; i < stored.length; ) {
            if (isRun(stored, i, compareAsFloat)) {
                double more = i + 2 < stored.length ? stored[i + 2] : -1;
                if (!(more >= 0 && more == Math.rint(more) && more + 2 <= most - length)) {
                    return -1;
                }
                length += (int) more + 2;
                i += 3;
            } else {
                length++;
                i++;
            }
        }
        return length;
    }

    private static boolean isRun(double[] stored, int i, boolean compareAsFloat) {
        return i + 1 < stored.length
                && (stored[i] == stored[i + 1] || compareAsFloat && (float) stored[i] == (float) stored[i + 1]);
    }

    /**
     * The compressed form, or null when it would not be shorter or would not be read back the same by a reader that
     * compares neighbours as floats. Samples are rounded to 1e-7 so that the sum of the differences never drifts.
     */
    static double[] compress(double[] samples) {
        return samples.length <= SHORT ? null : compress(samples, samples.length - 1);
    }

    /** The compressed form even where it is longer, for versions that have no other; null when it would be misread. */
    static double[] compressAnyhow(double[] samples) {
        return compress(samples, 2 * samples.length);
    }

    private static double[] compress(double[] samples, int mostNumbers) {
        int n = samples.length;
        double[] stored = new double[mostNumbers];
        int length = 0;
        long before = 0;
        double previous = 0;
        long run = 0;
        for (int i = 0; i <= n; i++) {
            double difference = Double.NaN;
            if (i < n) {
                long quantised = Math.round(samples[i] * QUANTA_PER_UNIT);
                difference = (quantised - before) / QUANTA_PER_UNIT;
                before = quantised;
            }
            if (i > 0 && difference == previous) {
                run++;
                continue;
            }
            if (i > 0) {
                int needed = run >= 2 ? 3 : 1;
                if (length + needed > mostNumbers) {
                    return null;
                }
                stored[length++] = previous;
                if (run >= 2) {
                    stored[length++] = previous;
                    stored[length++] = run - 2;
                }
            }
            previous = difference;
            run = 1;
        }
        double[] result = Arrays.copyOf(stored, length);
        double[] asDouble = decompress(result, n, false);
        return asDouble != null && Arrays.equals(asDouble, decompress(result, n, true)) ? result : null;
    }
}
