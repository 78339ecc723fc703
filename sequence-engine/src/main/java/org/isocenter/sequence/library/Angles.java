package org.isocenter.sequence.library;

/** Angles as Pulseq files have them. */
final class Angles {
    private Angles() {}

    /** The same angle in [0, 2π). */
    static double positive(double radians) {
        double turn = 2 * Math.PI;
        double rest = radians % turn;
        double positive = rest < 0 ? rest + turn : rest;
        return positive >= turn ? 0 : positive;
    }
}
