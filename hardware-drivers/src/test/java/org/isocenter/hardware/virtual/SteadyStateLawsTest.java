package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trains of equal pulses settle to. Pulses are hard, of 20 µs. */
class SteadyStateLawsTest {
    private static final double PULSE = 20e-6;
    private static final double DWELL = 2e-6;
    private static final double T1 = 0.3;
    private static final double T2 = 0.1;
    private static final double SPOILER_SECONDS = 2.2e-3;

    private static Phantom ball(double t2) {
        return new Ball(Vec3.ZERO, 0.01, new Material("water", 1, T1, t2));
    }

    private static double full(Phantom phantom, int spins) {
        double t2 = phantom.materials().get(0).t2Seconds();
        return new Experiment()
                        .rf(Experiment.hardPulse(90, PULSE, 0, 0))
                        .read(Experiment.adc(1, DWELL))
                        .on(phantom, Imperfections.NONE, spins)
                        .magnitude(0, 0)
                * Math.exp((PULSE + DWELL) / 2 / t2);
    }

    private static double ernst(double degrees, double tr) {
        double e1 = Math.exp(-tr / T1);
        double flip = Math.toRadians(degrees);
        return Math.sin(flip) * (1 - e1) / (1 - Math.cos(flip) * e1);
    }

    /** The last free decay of a train without spoiling, of water whose T2 is so short that it needs none. */
    private static double saturated(double degrees, double tr, int pulses) {
        Phantom quick = ball(0.002);
        Experiment experiment = new Experiment();
        for (int i = 0; i < pulses; i++) {
            experiment
                    .until(i * tr)
                    .rf(Experiment.hardPulse(degrees, PULSE, 0, 0))
                    .read(Experiment.adc(1, DWELL));
        }
        return experiment.on(quick, Imperfections.NONE, 1000).magnitude(pulses - 1, 0)
                * Math.exp((PULSE + DWELL) / 2 / 0.002)
                / full(quick, 1000);
    }

    /** Within 0.05 % of full polarisation. */
    @ParameterizedTest
    @ValueSource(ints = {5, 20, 45, 90, 120})
    void aSaturatingTrainSettlesWhereErnstSays(int degrees) {
        assertThat(saturated(degrees, 0.03, 120)).isCloseTo(ernst(degrees, 0.03), within(5e-4));
    }

    /** cos α = e^(-TR/T1), found from a parabola through three angles: within half a degree. */
    @Test
    void theMaximumLiesAtErnstsAngle() {
        double angle = Math.toDegrees(Math.acos(Math.exp(-0.03 / T1)));
        double below = saturated(angle - 4, 0.03, 120);
        double at = saturated(angle, 0.03, 120);
        double above = saturated(angle + 4, 0.03, 120);
        assertThat(at).isGreaterThan(below).isGreaterThan(above);
        double vertex = 2 * (below - above) / (below - 2 * at + above);
        assertThat(vertex).isCloseTo(0, within(0.5));
    }

    /** The phase graph of the same train: one order of dephasing in each TR. */
    private static double graph(double degrees, double incrementDegrees, double tr, int pulses) {
        ExtendedPhaseGraph graph = new ExtendedPhaseGraph(T1, T2);
        double signal = 0;
        for (int i = 0; i < pulses; i++) {
            graph.pulse(Math.toRadians(degrees), quadratic(incrementDegrees, i));
            signal = graph.signal();
            graph.dephase(tr);
        }
        return signal;
    }

    private static double quadratic(double incrementDegrees, int pulse) {
        return Math.toRadians(incrementDegrees) * (pulse * (pulse + 1.0) / 2 % 360);
    }

    /**
     * What is not ideal in RF spoiling (Zur et al., Magn Reson Med 21:251, 1991) comes out as phase graphs predict, within
     * 0.2 % of the signal.
     */
    @ParameterizedTest
    @CsvSource({"5, 117", "10, 117", "20, 117", "40, 117", "70, 117", "90, 117", "20, 50", "60, 50", "20, 0", "20, 60"})
    void aSpoiledSteadyStateOfLongT2DependsOnThePhaseIncrement(double degrees, double increment) {
        double tr = 0.02;
        int pulses = 250;
        Phantom slow = ball(T2);
        Experiment experiment = new Experiment();
        for (int i = 0; i < pulses; i++) {
            experiment
                    .until(i * tr)
                    .rf(Experiment.hardPulse(degrees, PULSE, quadratic(increment, i), 0))
                    .read(Experiment.adc(1, DWELL))
                    .gradient(null, null, Experiment.trapezoid(400e3, SPOILER_SECONDS - 200e-6));
        }
        double signal = experiment.on(slow).magnitude(pulses - 1, 0) / full(slow, 20_000);
        double expected = graph(degrees, increment, tr, pulses);
        assertThat(signal).isCloseTo(expected, within(2e-3 * expected));
    }

    /**
     * Freeman and Hill, J Magn Reson 4:366 (1971): with alternating phases, the signal by the angle that a spin turns in TR,
     * through a whole band and into the next. Within 0.1 % of full polarisation.
     */
    @ParameterizedTest
    @ValueSource(ints = {15, 40, 70})
    void aBalancedSteadyStateHasBandsAtOddMultiplesOfHalfTheRepetitionRate(int degrees) {
        double tr = 0.01;
        int pulses = 300;
        double full = full(ball(T2), 300);
        for (int hertz = -60; hertz <= 60; hertz += 10) {
            Experiment experiment = new Experiment();
            for (int i = 0; i < pulses; i++) {
                experiment
                        .until(i * tr)
                        .rf(Experiment.hardPulse(degrees, PULSE, i % 2 * Math.PI, 0))
                        .read(Experiment.adc(1, DWELL));
            }
            double signal = experiment
                            .on(ball(T2), Experiment.imperfect(hertz, 0, 0), 300)
                            .magnitude(pulses - 1, 0)
                    / full;
            assertThat(signal).as("%d Hz", hertz).isCloseTo(balanced(Math.toRadians(degrees), hertz, tr), within(1e-3));
        }
    }

    private static double balanced(double flip, double hertz, double tr) {
        double e1 = Math.exp(-tr / T1);
        double e2 = Math.exp(-tr / T2);
        double theta = 2 * Math.PI * hertz * tr + Math.PI;
        double cos = Math.cos(flip);
        double d = (1 - e1 * cos) * (1 - e2 * Math.cos(theta)) - e2 * (e1 - cos) * (e2 - Math.cos(theta));
        double x = (1 - e1) * e2 * Math.sin(flip) * Math.sin(theta) / d;
        double y = (1 - e1) * Math.sin(flip) * (1 - e2 * Math.cos(theta)) / d;
        return Math.hypot(x, y);
    }
}
