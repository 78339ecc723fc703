package org.isocenter.hardware.instrument;

/**
 * What a network analyser has measured, all arrays of one length.
 *
 * @param frequencyHertz rising
 * @param s11Real of the reflection
 * @param s11Imaginary of the reflection
 * @param s21Real of the transmission
 * @param s21Imaginary of the transmission
 */
public record Sweep(
        double[] frequencyHertz, double[] s11Real, double[] s11Imaginary, double[] s21Real, double[] s21Imaginary) {

    public Sweep {
        int points = frequencyHertz.length;
        if (s11Real.length != points
                || s11Imaginary.length != points
                || s21Real.length != points
                || s21Imaginary.length != points) {
            throw new IllegalArgumentException("a sweep of " + points + " points needs as many values of each kind");
        }
    }

    /** An empty sweep with room for so many points. */
    static Sweep ofPoints(int points) {
        return new Sweep(
                new double[points], new double[points], new double[points], new double[points], new double[points]);
    }

    public int points() {
        return frequencyHertz.length;
    }

    /** |S11| of a point: 0 is a perfect match. */
    public double reflection(int point) {
        return Math.hypot(s11Real[point], s11Imaginary[point]);
    }

    /** The point of least reflection: where an antenna is tuned to. */
    public int bestMatch() {
        int best = 0;
        for (int i = 1; i < points(); i++) {
            if (reflection(i) < reflection(best)) {
                best = i;
            }
        }
        return best;
    }
}
