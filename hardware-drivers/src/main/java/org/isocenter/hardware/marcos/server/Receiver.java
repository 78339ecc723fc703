package org.isocenter.hardware.marcos.server;

/**
 * When one of the FPGA's receivers makes its samples: one for every so many clocks for which it is enabled; what is left over
 * counts for the next time. Has to be told of every clock at which something changes, in order.
 */
final class Receiver {
    private static final int DECIMATION_AFTER_RESET = 600;
    /** From the end of a reset until a decimation is taken. */
    private static final int RESET_CLOCKS = 20;

    private static final int DECIMATION_MASK = 0xfff;

    /** Takes samples. */
    interface Samples {
        /**
         * Samples that the receiver with this number made, one every {@code decimation} clocks.
         *
         * @param first clock of the first sample: the last of those that it is made of
         */
        void made(int receiver, long first, int count, int decimation);
    }

    private final int number;
    private long clock;
    private int counted;
    private int decimation = DECIMATION_AFTER_RESET;
    private int rate;
    private boolean rateValid;
    private boolean reset = true;
    private long released;
    private boolean enabled;

    Receiver(int number) {
        this.number = number;
    }

    Receiver(Receiver other) {
        number = other.number;
        clock = other.clock;
        counted = other.counted;
        decimation = other.decimation;
        rate = other.rate;
        rateValid = other.rateValid;
        reset = other.reset;
        released = other.released;
        enabled = other.enabled;
    }

    /** Makes the samples of the clocks before this one. */
    void advance(long until, Samples samples) {
        if (until <= clock) {
            return;
        }
        long from = clock;
        clock = until;
        if (reset) {
            return;
        }
        int wanted = rate & DECIMATION_MASK;
        if (rateValid && wanted != decimation && until > released + RESET_CLOCKS) {
            long taken = Math.max(from, released + RESET_CLOCKS) + 1;
            count(from, Math.min(taken, until), samples);
            decimation = wanted;
            count(Math.min(taken, until), until, samples);
        } else {
            count(from, until, samples);
        }
    }

    private void count(long from, long until, Samples samples) {
        if (from >= until || decimation < 2) {
            return;
        }
        long left = Math.max(0, decimation - 1 - counted);
        if (!enabled) {
            // A sample that was complete comes out one clock later all the same.
            if (left == 0) {
                samples.made(number, from, 1, decimation);
                counted = 0;
            }
            return;
        }
        long first = from + left;
        if (first >= until) {
            counted += (int) (until - from);
            return;
        }
        long count = (until - 1 - first) / decimation + 1;
        samples.made(number, first, (int) count, decimation);
        counted = (int) (until - 1 - (first + (count - 1) * decimation));
    }

    /** New settings from the clock on to which it was advanced. */
    void set(boolean nowEnabled, boolean nowReset, int nowRate, boolean nowRateValid) {
        if (nowReset) {
            counted = 0;
            decimation = DECIMATION_AFTER_RESET;
        } else if (reset) {
            released = clock;
        }
        enabled = nowEnabled;
        reset = nowReset;
        rate = nowRate;
        rateValid = nowRateValid;
    }
}
