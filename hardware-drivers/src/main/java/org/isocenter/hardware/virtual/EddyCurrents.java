package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.GradientImperfections.EddyCurrent;

/**
 * What currents in the metal around take from each step of a gradient: fields that start at a share of the step and decay
 * exponentially. Between two steps the state is one number for each term, and all integrals are in closed form. Times are
 * seconds since the last step. Immutable.
 */
final class EddyCurrents {
    /** Components of a result: gradients along x, y, z, and the field itself. */
    static final int COMPONENTS = 4;

    /** What cannot turn a spin at 100 mm by more than this any more is taken to have decayed. */
    private static final double NEGLIGIBLE_TURNS = 1e-6;

    private static final double REACH_METERS = 0.1;

    private final List<EddyCurrent> terms;
    /** After the last step, by term: Hz/m, or Hz on the main field. */
    private final double[] amplitude;
    /** When it has decayed. */
    private final double[] lastsSeconds;

    private final double allLastSeconds;

    private EddyCurrents(List<EddyCurrent> terms, double[] amplitude) {
        this.terms = terms;
        this.amplitude = amplitude;
        lastsSeconds = new double[amplitude.length];
        double longest = 0;
        for (int k = 0; k < amplitude.length; k++) {
            EddyCurrent term = terms.get(k);
            double reach = term.onto() == EddyCurrent.FIELD ? 1 : REACH_METERS;
            double turns = Math.abs(amplitude[k]) * term.timeConstantSeconds() * reach;
            lastsSeconds[k] =
                    turns > NEGLIGIBLE_TURNS ? term.timeConstantSeconds() * Math.log(turns / NEGLIGIBLE_TURNS) : 0;
            longest = Math.max(longest, lastsSeconds[k]);
        }
        allLastSeconds = longest;
    }

    static EddyCurrents none(List<EddyCurrent> terms) {
        return new EddyCurrents(terms, new double[terms.size()]);
    }

    /**
     * The state after the next step.
     *
     * @param seconds between the two
     * @param step of the three gradients, Hz/m
     */
    EddyCurrents after(double seconds, double[] step) {
        if (terms.isEmpty()) {
            return this;
        }
        double[] after = new double[amplitude.length];
        for (int k = 0; k < after.length; k++) {
            EddyCurrent term = terms.get(k);
            double left =
                    seconds < lastsSeconds[k] ? amplitude[k] * Math.exp(-seconds / term.timeConstantSeconds()) : 0;
            after[k] = left - term.amplitude() * step[term.axis()];
        }
        return new EddyCurrents(terms, after);
    }

    boolean decayed(double seconds) {
        return seconds >= allLastSeconds;
    }

    /** The shortest time constant of what has not decayed; infinite when all has. */
    double shortestTimeConstant(double seconds) {
        double shortest = Double.POSITIVE_INFINITY;
        for (int k = 0; k < amplitude.length; k++) {
            if (seconds < lastsSeconds[k]) {
                shortest = Math.min(shortest, terms.get(k).timeConstantSeconds());
            }
        }
        return shortest;
    }

    /** Adds the integral from one time to another: turns/m along x, y, z, and turns of all spins. */
    void addTurns(double fromSeconds, double toSeconds, double[] sum) {
        for (int k = 0; k < amplitude.length; k++) {
            if (fromSeconds < lastsSeconds[k]) {
                EddyCurrent term = terms.get(k);
                double tau = term.timeConstantSeconds();
                double whole = amplitude[k] * tau * Math.exp(-fromSeconds / tau);
                sum[term.onto()] -= whole * Math.expm1(-(toSeconds - fromSeconds) / tau);
            }
        }
    }
}
