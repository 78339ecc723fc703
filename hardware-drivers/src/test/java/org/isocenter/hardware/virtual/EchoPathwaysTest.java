package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Cube;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.sequence.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Echoes of two, three and many pulses of any angle. Hard pulses of 30 µs; crushers of two turns in 5 mm. */
class EchoPathwaysTest {
    private static final double PULSE = 30e-6;
    private static final double DWELL = 10e-6;
    private static final double T1 = 0.3;
    private static final double T2 = 0.1;
    private static final Phantom CUBE = new Cube(new Material("water", 1, T1, T2));
    private static final Gradient CRUSHER = Experiment.trapezoid(200e3, 1.8e-3);
    private static final Gradient SPOILER = Experiment.trapezoid(250e3, 3e-3);

    private static double full() {
        return new Experiment()
                        .rf(Experiment.hardPulse(90, PULSE, 0, 0))
                        .read(Experiment.adc(1, DWELL))
                        .on(CUBE)
                        .magnitude(0, 0)
                * Math.exp((PULSE + DWELL) / 2 / T2);
    }

    private static Experiment pulse(Experiment experiment, double degrees, double phaseDegrees) {
        return experiment.rf(Experiment.hardPulse(degrees, PULSE, Math.toRadians(phaseDegrees), 0));
    }

    /** A sample in the middle of {@code seconds}, counted from the middle of the first pulse. */
    private static Experiment readAt(Experiment experiment, double seconds) {
        return experiment.until(seconds + PULSE / 2 - DWELL / 2).read(Experiment.adc(1, DWELL));
    }

    /** Hahn 1950: sin α · sin²(β/2). */
    @ParameterizedTest
    @CsvSource({"90, 180", "90, 120", "90, 90", "90, 60", "60, 180", "30, 90", "90, 30"})
    void anEchoOfTwoPulsesHasHahnsAmplitude(double first, double second) {
        double tau = 10e-3;
        Experiment experiment = pulse(new Experiment(), first, 0).gradient(CRUSHER, null, null);
        pulse(experiment.until(tau), second, 90).gradient(CRUSHER, null, null);
        double signal = readAt(experiment, 2 * tau).on(CUBE).magnitude(0, 0) / full();
        double sin = Math.sin(Math.toRadians(second) / 2);
        assertThat(signal)
                .isCloseTo(Math.sin(Math.toRadians(first)) * sin * sin * Math.exp(-2 * tau / T2), within(1e-3));
    }

    /** Half of sin α · sin β · sin γ, decayed with T2 while transverse and with T1 while stored. */
    @ParameterizedTest
    @CsvSource({"90, 90, 90, 20", "90, 90, 90, 150", "90, 60, 60, 50", "70, 110, 40, 50"})
    void aStimulatedEchoIsHalfTheProductOfThreeSines(double a, double b, double c, double storedMilliseconds) {
        double tau = 8e-3;
        double stored = storedMilliseconds * 1e-3;
        Experiment experiment = pulse(new Experiment(), a, 0).gradient(CRUSHER, null, null);
        pulse(experiment.until(tau), b, 0).gradient(null, SPOILER, SPOILER);
        pulse(experiment.until(tau + stored), c, 0).gradient(CRUSHER, null, null);
        double signal = readAt(experiment, 2 * tau + stored).on(CUBE).magnitude(0, 0) / full();
        double sines = Math.sin(Math.toRadians(a)) * Math.sin(Math.toRadians(b)) * Math.sin(Math.toRadians(c));
        assertThat(signal).isCloseTo(0.5 * sines * Math.exp(-stored / T1 - 2 * tau / T2), within(1e-3));
    }

    /** Every echo of a train with wrong refocusing pulses, against the phase graph. */
    @ParameterizedTest
    @ValueSource(ints = {180, 150, 120, 90, 60})
    void everyEchoOfATrainWithWrongRefocusingFollowsThePhaseGraph(int degrees) {
        double esp = 10e-3;
        int echoes = 16;
        Experiment experiment = pulse(new Experiment(), 90, 0).gradient(CRUSHER, null, null);
        ExtendedPhaseGraph graph = new ExtendedPhaseGraph(T1, T2).pulse(Math.PI / 2, 0);
        double[] expected = new double[echoes];
        for (int echo = 0; echo < echoes; echo++) {
            pulse(experiment.until((echo + 0.5) * esp), degrees, 90).gradient(CRUSHER, null, null);
            readAt(experiment, (echo + 1) * esp).gradient(CRUSHER, null, null);
            graph.dephase(esp / 2).pulse(Math.toRadians(degrees), Math.PI / 2).dephase(esp / 2);
            expected[echo] = graph.signal();
        }
        Result result = experiment.on(CUBE);
        double full = full();
        for (int echo = 0; echo < echoes; echo++) {
            assertThat(result.magnitude(echo, 0) / full).as("echo %d", echo).isCloseTo(expected[echo], within(2e-3));
        }
    }

    @Test
    void aCrusherLeavesLessThanOnePercentOfAFreeDecay() {
        Result crushed = pulse(new Experiment(), 120, 0)
                .gradient(null, null, Experiment.trapezoid(400e3, 1.8e-3))
                .read(Experiment.adc(64, 20e-6))
                .on(CUBE);
        for (int n = 0; n < 64; n++) {
            assertThat(crushed.magnitude(0, n)).isLessThan(0.01 * full());
        }
    }

    /** The field is undone by the echo but not by what was stored: only the middle decays with the field's spread. */
    @Test
    void aStimulatedEchoForgivesTheFieldInAllItsIntervals() {
        double tau = 8e-3;
        Experiment experiment = pulse(new Experiment(), 90, 0).gradient(CRUSHER, null, null);
        pulse(experiment.until(tau), 90, 0).gradient(null, SPOILER, SPOILER);
        pulse(experiment.until(5 * tau), 90, 0).gradient(CRUSHER, null, null);
        readAt(experiment, 6 * tau);
        double perfect = experiment.on(CUBE, Imperfections.NONE).magnitude(0, 0);
        double imperfect = experiment.on(CUBE, Experiment.imperfect(0, 600, 0)).magnitude(0, 0);
        assertThat(imperfect).isCloseTo(perfect, within(2e-3 * full()));
    }
}
