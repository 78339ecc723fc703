package org.isocenter.sequence.design;

/** How pulses follow one another. */
public final class Pulses {
    private Pulses() {}

    /** Phase of the n-th excitation for RF spoiling, quadratic in steps of 117° (Zur et al. 1991), in [0, 2π). */
    public static double spoilingPhaseRadians(long n) {
        return Math.toRadians(n * (n + 1) / 2 * 117 % 360);
    }
}
