package org.isocenter.recon.array;

import java.util.Arrays;

/** The value at a place in sorted order, of many values without sorting: two passes that count. */
public final class OrderStatistic {
    private static final int HALF_BITS = 16;
    private static final int HALVES = 1 << HALF_BITS;
    /** Values that are sorted in less time than it takes to look through the counters. */
    private static final int FEW = 1 << 13;

    private OrderStatistic() {}

    /**
     * @param values not changed; what is not a number counts as larger than all
     * @param rank from 0, for the smallest
     * @return what stands there in {@link java.util.Arrays#sort(float[])}'s order
     */
    public static float of(float[] values, int rank) {
        if (rank < 0 || rank >= values.length) {
            throw new IllegalArgumentException("rank " + rank + " of " + values.length + " values");
        }
        if (values.length < FEW) {
            float[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted[rank];
        }
        int[] counts = new int[HALVES];
        for (float value : values) {
            counts[ordered(value) >>> HALF_BITS]++;
        }
        int before = rank;
        int upper = 0;
        while (before >= counts[upper]) {
            before -= counts[upper++];
        }
        int[] within = new int[HALVES];
        for (float value : values) {
            int bits = ordered(value);
            if (bits >>> HALF_BITS == upper) {
                within[bits & HALVES - 1]++;
            }
        }
        int lower = 0;
        while (before >= within[lower]) {
            before -= within[lower++];
        }
        int bits = upper << HALF_BITS | lower;
        return Float.intBitsToFloat(bits < 0 ? bits ^ Integer.MIN_VALUE : ~bits);
    }

    /** The value's bits, so that they are in its order as a number without sign. */
    private static int ordered(float value) {
        int bits = Float.floatToIntBits(value);
        return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
    }
}
