package org.isocenter.sequence.design;

/** How pulses follow one another. */
public final class Pulses {
    private Pulses() {}

    /** Increment of the quadratic phase that leaves the contrast of a spoiled gradient echo nearest to ideal (Zur et al. 1991). */
    private static final int SPOILING_DEGREES = 117;

    /** Phase of the n-th excitation for RF spoiling in these steps, in [0, 2π). */
    public static double spoilingPhaseRadians(long n) {
        return spoilingPhaseRadians(n, SPOILING_DEGREES);
    }

    /**
     * Phase of the n-th excitation for RF spoiling, in [0, 2π).
     *
     * @param incrementDegrees by how much each step is more than the one before
     */
    public static double spoilingPhaseRadians(long n, int incrementDegrees) {
        return Math.toRadians(n * (n + 1) / 2 * incrementDegrees % 360);
    }
}
