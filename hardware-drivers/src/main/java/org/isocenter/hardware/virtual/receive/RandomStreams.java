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
        return new SplittableRandom(key(purpose, window, channel));
    }

    /** What {@link #of} begins with. */
    long key(Purpose purpose, int window, int channel) {
        return mixed(mixed(mixed(mixed(seed) + purpose.ordinal()) + window) + channel);
    }

    /**
     * Two normal random numbers that belong to a key's number, by Box and Muller (Ann Math Stat 29:610, 1958).
     *
     * @param at place in both arrays where they go
     */
    static void gaussianPair(long key, int number, double deviation, int at, double[] one, double[] other) {
        long bits = mixed(key + number);
        double radius = deviation * Math.sqrt(-2 * Math.log(uniform(bits)));
        double angle = 2 * Math.PI * uniform(mixed(bits));
        one[at] = radius * Math.cos(angle);
        other[at] = radius * Math.sin(angle);
    }

    /** More than 0, up to 1. */
    private static double uniform(long bits) {
        return ((bits >>> 11) + 1) * 0x1p-53;
    }

    /** The finaliser of MurmurHash3 (Appleby), after a step that keeps 0 from staying 0. */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
