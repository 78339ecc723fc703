package org.isocenter.hardware.instrument;

/** A series resonance: 40 Ω at 2 MHz with a quality of 50, seen from 50 Ω. */
final class Resonance {
    static final double HERTZ = 2e6;
    private static final double OHM = 40;

    private Resonance() {}

    /** S11 and S21, real and imaginary. */
    static double[] at(double hertz) {
        double x = 50 * OHM * (hertz / HERTZ - HERTZ / hertz);
        // S11 = (Z - 50) / (Z + 50), S21 = 100 / (100 + Z)
        double below = (OHM + 50) * (OHM + 50) + x * x;
        double through = (OHM + 100) * (OHM + 100) + x * x;
        return new double[] {
            ((OHM - 50) * (OHM + 50) + x * x) / below,
            (x * (OHM + 50) - x * (OHM - 50)) / below,
            100 * (OHM + 100) / through,
            -100 * x / through
        };
    }
}
