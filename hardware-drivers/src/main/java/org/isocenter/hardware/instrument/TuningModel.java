package org.isocenter.hardware.instrument;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a tuning board does at one frequency, learnt from what was measured along each of its banks: the matching capacitors are in
 * series with the line, the tuning capacitors parallel to the rest, so that impedances add in the one and admittances in the other.
 * Nothing is assumed of the capacitors' values.
 */
final class TuningModel {
    /** Ω; where the line's own reactance, which only sums tell, is looked for. */
    private static final double MOST_REACTANCE = 3000;

    private static final int REACTANCES = 400;

    private final Complex[] seriesAdmittance;
    private final double[] tuningSusceptance;
    private final double[] matchingReactance;

    /**
     * @param series reflections at all settings of the series bank, the others as in {@code at}
     * @param tuning the same of the tuning bank
     * @param matching the same of the matching bank
     * @param at where the three lines cross
     */
    TuningModel(Complex[] series, Complex[] tuning, Complex[] matching, Tuner.Setting at) {
        Complex crossing = matching[at.matching()].impedance();
        double line = lineReactance(tuning);
        matchingReactance = new double[matching.length];
        for (int i = 0; i < matching.length; i++) {
            matchingReactance[i] = line + matching[i].impedance().im() - crossing.im();
        }
        Complex behind = new Complex(0, line);
        seriesAdmittance = new Complex[series.length];
        for (int i = 0; i < series.length; i++) {
            seriesAdmittance[i] = series[i].impedance().minus(behind).inverse();
        }
        double here = tuning[at.tuning()].impedance().minus(behind).inverse().im();
        tuningSusceptance = new double[tuning.length];
        for (int i = 0; i < tuning.length; i++) {
            tuningSusceptance[i] = tuning[i].impedance().minus(behind).inverse().im() - here;
        }
    }

    /** Reactance of the matching capacitors: behind it the tuning capacitors change no conductance. */
    private static double lineReactance(Complex[] tuning) {
        double best = 0;
        double least = unevenness(tuning, 0);
        for (int i = 0; i < REACTANCES; i++) {
            double size = Math.pow(MOST_REACTANCE, i / (REACTANCES - 1.0));
            for (double reactance : new double[] {-size, size}) {
                double uneven = unevenness(tuning, reactance);
                if (uneven < least) {
                    least = uneven;
                    best = reactance;
                }
            }
        }
        return best;
    }

    /** Variance of the conductance, each weighted by how well it can be measured: the error of 1/Z is that of S11 |1/Z|²/|1−S11|². */
    private static double unevenness(Complex[] tuning, double reactance) {
        double weights = 0;
        double sum = 0;
        double squares = 0;
        for (Complex reflection : tuning) {
            Complex admittance =
                    reflection.impedance().minus(new Complex(0, reactance)).inverse();
            double error = admittance.squared() / Complex.ONE.minus(reflection).squared();
            double weight = 1 / (error * error);
            weights += weight;
            sum += weight * admittance.re();
            squares += weight * admittance.re() * admittance.re();
        }
        return squares - sum * sum / weights;
    }

    /** All settings, those with least reflection first. */
    List<Tuner.Setting> bestFirst() {
        int most = seriesAdmittance.length;
        double[] reflection = new double[most * most * most];
        for (int i = 0; i < reflection.length; i++) {
            reflection[i] = reflection(setting(i, most));
        }
        return IntStream.range(0, reflection.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> reflection[i]))
                .map(i -> setting(i, most))
                .toList();
    }

    private static Tuner.Setting setting(int index, int most) {
        return new Tuner.Setting(index / (most * most), index / most % most, index % most);
    }

    private double reflection(Tuner.Setting setting) {
        Complex admittance = seriesAdmittance[setting.series()];
        Complex tuned = new Complex(admittance.re(), admittance.im() + tuningSusceptance[setting.tuning()]).inverse();
        Complex matched = new Complex(tuned.re(), tuned.im() + matchingReactance[setting.matching()]);
        return matched.reflection().size();
    }

    /** A complex number: a reflection, an impedance in Ω, an admittance in S. */
    record Complex(double re, double im) {
        private static final Complex ONE = new Complex(1, 0);
        private static final double LINE_OHM = 50;
        /** Nothing is taken for larger than this tells, as an open end would be. */
        private static final double SMALL = 1e-12;

        Complex minus(Complex other) {
            return new Complex(re - other.re, im - other.im);
        }

        Complex inverse() {
            double squared = squared();
            return new Complex(re / squared, -im / squared);
        }

        double squared() {
            return Math.max(re * re + im * im, SMALL);
        }

        double size() {
            return Math.hypot(re, im);
        }

        /** Of an end that reflects so. */
        Complex impedance() {
            Complex below = ONE.minus(this).inverse(); // 50 (1+S)/(1-S) = 50 (2/(1-S) - 1)
            return new Complex(LINE_OHM * (2 * below.re - 1), LINE_OHM * 2 * below.im);
        }

        /** Of this impedance at the end of a line. */
        Complex reflection() {
            Complex below = new Complex(re + LINE_OHM, im).inverse(); // (Z-50)/(Z+50) = 1 - 100/(Z+50)
            return new Complex(1 - 2 * LINE_OHM * below.re, -2 * LINE_OHM * below.im);
        }
    }
}
