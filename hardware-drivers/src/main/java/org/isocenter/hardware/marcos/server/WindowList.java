package org.isocenter.hardware.marcos.server;

import java.util.Arrays;

/**
 * The samples of one receiver as windows: stretches of samples at an even pace, in order of time. Samples that are made while
 * the transmitter is on are windows of their own, and stay silent. One thread.
 */
final class WindowList {
    /** Longer ones are cut, so that a receiver that is always on does not have to be waited for. */
    private static final int LONGEST = 1 << 15;

    private long[] first = new long[64];
    private int[] count = new int[64];
    private short[] decimation = new short[64];
    private boolean[] silent = new boolean[64];
    private int size;
    private boolean open;

    /**
     * More samples.
     *
     * @param firstClock of the first: the last clock of those that it is made of
     */
    void add(long firstClock, int samples, int clocks, boolean isSilent) {
        int done = 0;
        while (done < samples) {
            long at = firstClock + (long) done * clocks;
            if (!goesOn(at, clocks, isSilent)) {
                begin(at, clocks, isSilent);
            }
            int part = Math.min(samples - done, LONGEST - count[size - 1]);
            count[size - 1] += part;
            done += part;
        }
    }

    private boolean goesOn(long at, int clocks, boolean isSilent) {
        int last = size - 1;
        return open
                && decimation[last] == clocks
                && silent[last] == isSilent
                && count[last] < LONGEST
                && at == first[last] + (long) count[last] * clocks;
    }

    private void begin(long at, int clocks, boolean isSilent) {
        if (size == first.length) {
            first = Arrays.copyOf(first, 2 * size);
            count = Arrays.copyOf(count, 2 * size);
            decimation = Arrays.copyOf(decimation, 2 * size);
            silent = Arrays.copyOf(silent, 2 * size);
        }
        first[size] = at;
        count[size] = 0;
        decimation[size] = (short) clocks;
        silent[size] = isSilent;
        size++;
        open = true;
    }

    /** The last window gets no more samples. */
    void cut() {
        open = false;
    }

    int size() {
        return size;
    }

    /** First of the clocks that the first sample is made of. */
    long start(int index) {
        return first[index] - decimation[index] + 1;
    }

    /** The clock after the last sample's last. */
    long end(int index) {
        return start(index) + (long) count[index] * decimation[index];
    }

    int samples(int index) {
        return count[index];
    }

    int decimation(int index) {
        return decimation[index];
    }

    boolean silent(int index) {
        return silent[index];
    }

    boolean sameAs(WindowList other) {
        return size == other.size
                && Arrays.equals(first, 0, size, other.first, 0, size)
                && Arrays.equals(count, 0, size, other.count, 0, size)
                && Arrays.equals(decimation, 0, size, other.decimation, 0, size)
                && Arrays.equals(silent, 0, size, other.silent, 0, size);
    }
}
