package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Cube;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Decay and recovery. Pulses are hard and of 30 µs, and count from their middles. Every law holds within 0.05 % of the
 * signal of fully polarised water.
 */
class RelaxationLawsTest {
    private static final double TOLERANCE = 5e-4;
    private static final double PULSE = 30e-6;
    private static final double DWELL = 10e-6;
    private static final double T1 = 0.3;
    private static final int SPINS = 4000;

    private static Phantom water(double t1, double t2) {
        return new Cube(new Material("water", 1, t1, t2));
    }

    private static Experiment pulse(Experiment experiment, double degrees, double phaseDegrees) {
        return experiment.rf(Experiment.hardPulse(degrees, PULSE, Math.toRadians(phaseDegrees), 0));
    }

    /** The signal just after 90°, with all the magnetisation there is. */
    private static double full(Phantom phantom) {
        Result result =
                pulse(new Experiment(), 90, 0).read(Experiment.adc(1, DWELL)).on(phantom, Imperfections.NONE, SPINS);
        double t2 = phantom.materials().get(0).t2Seconds();
        return result.magnitude(0, 0) * afterPulse(t2);
    }

    /** What has decayed from the middle of a pulse to the middle of the sample after it. */
    private static double afterPulse(double t2) {
        return Math.exp((PULSE + DWELL) / 2 / t2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.002, 0.02, 0.1, 2})
    void aFreeDecayDecaysWithT2(double t2) {
        double dwell = t2 / 100;
        Result result = pulse(new Experiment(), 90, 0)
                .read(Experiment.adc(300, Math.rint(dwell * 1e6) * 1e-6))
                .on(water(3, t2), Imperfections.NONE, SPINS);
        for (int n = 0; n < 300; n += 23) {
            assertThat(result.magnitude(0, n) / result.magnitude(0, 0))
                    .as("sample %d", n)
                    .isCloseTo(Math.exp(-n * dwell / t2), within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, 10", "0.02, 40", "0.1, 10", "0.1, 40", "0.1, 200", "1.5, 40", "1.5, 400"})
    void aSpinEchoUndoesTheFieldAndDecaysWithT2(double t2, double echoMilliseconds) {
        double te = echoMilliseconds * 1e-3;
        Phantom water = water(T1, t2);
        Experiment experiment = pulse(new Experiment(), 90, 0).until(te / 2);
        pulse(experiment, 180, 90).until(te + PULSE / 2 - DWELL / 2);
        Result echo = experiment.read(Experiment.adc(1, DWELL)).on(water, Experiment.imperfect(30, 1500, 0), SPINS);
        assertThat(echo.magnitude(0, 0) / full(water)).isCloseTo(Math.exp(-te / t2), within(TOLERANCE));
    }

    @Test
    void withoutRefocusingTheSameFieldDestroysTheSignal() {
        Result free = pulse(new Experiment(), 90, 0)
                .until(0.04)
                .read(Experiment.adc(1, DWELL))
                .on(water(T1, 0.1), Experiment.imperfect(30, 1500, 0), SPINS);
        assertThat(free.magnitude(0, 0) / full(water(T1, 0.1))).isLessThan(0.5 * Math.exp(-0.04 / 0.1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.05, 0.1, 0.2, 0.3, 0.6, 1.2})
    void anInversionRecoversWithT1(double ti) {
        Phantom water = water(T1, 0.1);
        Experiment experiment = pulse(new Experiment(), 180, 0).until(ti);
        Result result = pulse(experiment, 90, 0).read(Experiment.adc(1, DWELL)).on(water, Imperfections.NONE, SPINS);
        // A pulse about x turns to -y, which the receiver conjugates; before the null it is the other way round.
        double signed = result.im().get(0)[0] * afterPulse(0.1);
        assertThat(signed / full(water)).isCloseTo(1 - 2 * Math.exp(-ti / T1), within(TOLERANCE));
    }

    @Test
    void anInversionPassesThroughZeroAtT1TimesLogTwo() {
        Phantom water = water(T1, 0.1);
        Experiment experiment = pulse(new Experiment(), 180, 0).until(T1 * Math.log(2));
        Result result = pulse(experiment, 90, 0).read(Experiment.adc(1, DWELL)).on(water, Imperfections.NONE, SPINS);
        assertThat(result.magnitude(0, 0) / full(water)).isLessThan(TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.03, 0.1, 0.3, 1.5})
    void aSaturationRecoversWithT1(double wait) {
        Phantom water = water(T1, 0.1);
        Experiment experiment = pulse(new Experiment(), 90, 0)
                .gradient(null, null, Experiment.trapezoid(400e3, 1.8e-3))
                .until(wait);
        Result result = pulse(experiment, 90, 90).read(Experiment.adc(1, DWELL)).on(water, Imperfections.NONE, SPINS);
        assertThat(result.magnitude(0, 0) * afterPulse(0.1) / full(water))
                .isCloseTo(1 - Math.exp(-wait / T1), within(TOLERANCE));
    }

    /** With a full echo train the decay is T2's from echo to echo, whatever the field. */
    @Test
    void aTrainOfSpinEchoesDecaysWithT2() {
        double esp = 8e-3;
        Phantom water = water(T1, 0.1);
        Experiment experiment = pulse(new Experiment(), 90, 0);
        for (int echo = 0; echo < 20; echo++) {
            pulse(experiment.until((echo + 0.5) * esp), 180, 90);
            experiment.until((echo + 1) * esp + PULSE / 2 - DWELL / 2).read(Experiment.adc(1, DWELL));
        }
        Result result = experiment.on(water, Experiment.imperfect(10, 300, 0), SPINS);
        for (int echo = 0; echo < 20; echo++) {
            assertThat(result.magnitude(echo, 0) / full(water))
                    .as("echo %d", echo)
                    .isCloseTo(Math.exp(-(echo + 1) * esp / 0.1), within(TOLERANCE));
        }
    }
}
