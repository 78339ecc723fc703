package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.virtual.Experiment.Cube;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.sequence.Gradient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Diffusion attenuates an echo by exp(-bD) with b along the way that its magnetisation went. Each law is tested on the
 * logarithm of the attenuation, within 0.1 % of it
 * and 5e-5, which is what sums of floats leave.
 */
class DiffusionLawsTest {
    private static final double PULSE = 30e-6;
    private static final double RAMP = 200e-6;
    private static final double T1 = 1;
    private static final double T2 = 0.2;
    private static final double DIFFUSION = 2e-9;
    private static final double TOLERANCE = 1e-3;

    private static Phantom cube(double diffusion) {
        return new Cube(new Material("water", 1, T1, T2, diffusion));
    }

    private static double logarithmicLoss(Experiment experiment, int window) {
        double weighted = experiment.on(cube(DIFFUSION)).magnitude(window, 0);
        return Math.log(experiment.on(cube(0)).magnitude(window, 0) / weighted);
    }

    private static Experiment pulse(Experiment experiment, double degrees, double phaseDegrees) {
        return experiment.rf(Experiment.hardPulse(degrees, PULSE, Math.toRadians(phaseDegrees), 0));
    }

    /** b of two equal trapezoids, their starts so far apart: Bernstein et al., Handbook of MRI Pulse Sequences, 9.1. */
    private static double b(double hertzPerMeter, double flat, double separation) {
        double delta = flat + RAMP;
        double q = 2 * Math.PI * hertzPerMeter;
        return q * q * (delta * delta * (separation - delta / 3) + RAMP * RAMP * RAMP / 30 - delta * RAMP * RAMP / 6);
    }

    /** Stejskal and Tanner, J Chem Phys 42:288 (1965), with ramps. */
    @ParameterizedTest
    @CsvSource({"0.2e6, 180", "0.6e6, 180", "1.0e6, 180", "0.8e6, 120", "0.8e6, 90", "0.8e6, 60"})
    void aPairOfLobesAttenuatesASpinEchoWhateverTheRefocusingAngle(double hertzPerMeter, double degrees) {
        double flat = 10e-3;
        double gap = 3e-3;
        Gradient lobe = Experiment.trapezoid(hertzPerMeter, flat);
        Experiment experiment =
                pulse(new Experiment(), 90, 0).gradient(null, lobe, null).pause(gap);
        pulse(experiment, degrees, 90).pause(gap).gradient(null, lobe, null).read(Experiment.adc(1, 50e-6));
        double expected = b(hertzPerMeter, flat, flat + 2 * RAMP + 2 * gap + PULSE) * DIFFUSION;
        assertThat(logarithmicLoss(experiment, 0)).isCloseTo(expected, within(TOLERANCE * expected + 5e-5));
    }

    /** Tanner, J Chem Phys 52:2523 (1970): what is stored goes on losing. */
    @ParameterizedTest
    @CsvSource({"0.3e6, 50", "0.6e6, 50", "0.3e6, 300", "0.1e6, 1000"})
    void aPairOfLobesAttenuatesAStimulatedEchoAlsoWhileItIsStored(double hertzPerMeter, double storedMilliseconds) {
        double flat = 5e-3;
        double gap = 1e-3;
        double stored = storedMilliseconds * 1e-3;
        Gradient lobe = Experiment.trapezoid(hertzPerMeter, flat);
        Experiment experiment =
                pulse(new Experiment(), 90, 0).gradient(null, lobe, null).pause(gap);
        pulse(experiment, 90, 0)
                .gradient(Experiment.trapezoid(250e3, 3.1e-3), null, null)
                .pause(stored);
        pulse(experiment, 90, 0).pause(gap).gradient(null, lobe, null).read(Experiment.adc(1, 50e-6));
        double separation = flat + 2 * RAMP + 2 * gap + 2 * PULSE + 3.1e-3 + 2 * RAMP + stored;
        double expected = b(hertzPerMeter, flat, separation) * DIFFUSION;
        assertThat(logarithmicLoss(experiment, 0)).isCloseTo(expected, within(TOLERANCE * expected + 5e-5));
    }

    /** A pair that undoes itself before the pulse counts too. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2e6, 0.5e6})
    void aBipolarPairBeforeThePulseCountsByItself(double hertzPerMeter) {
        double flat = 8e-3;
        Experiment experiment = pulse(new Experiment(), 90, 0)
                .gradient(Experiment.trapezoid(hertzPerMeter, flat), null, null)
                .gradient(Experiment.trapezoid(-hertzPerMeter, flat), null, null)
                .read(Experiment.adc(1, 50e-6));
        double expected = b(hertzPerMeter, flat, flat + 2 * RAMP) * DIFFUSION;
        assertThat(logarithmicLoss(experiment, 0)).isCloseTo(expected, within(TOLERANCE * expected + 5e-5));
    }
}
