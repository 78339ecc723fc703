package org.isocenter.hardware.virtual.receive;

import java.util.SplittableRandom;

/** Random numbers that depend on a scan's seed, on what they are for, on the window and the channel, and on nothing else. */
record RandomStreams(long seed) {
    /** What random numbers are for. */
    enum Purpose {
        THERMAL_NOISE,
        PREAMPLIFIER_NOISE,
        INTERFERENCE_PHASE,
        MAINS_PHASE,
        MAINS_NOISE,
        MAINS_COUPLING,
        LOST_SAMPLE,
        FIFO_OVERFLOW,
        FIFO_UNDERFLOW
    }

    /** A stream of its own. Neighbouring numbers give unrelated streams. */
    SplittableRandom of(Purpose purpose, int window, int channel) {
        long key = mixed(mixed(mixed(mixed(seed) + purpose.ordinal()) + window) + channel);
        return new SplittableRandom(key);
    }

    /** The finaliser of MurmurHash3 (Appleby), after a step that keeps 0 from staying 0. */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
