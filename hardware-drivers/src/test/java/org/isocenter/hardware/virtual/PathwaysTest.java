package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of transverse magnetisation under changing gradients and in the steady state. */
class PathwaysTest {
    private static final double HARD_SECONDS = 50e-6;
    private static final double RAMP_SECONDS = 200e-6;
    private static final double T1 = 0.3;
    private static final double T2 = 0.1;
    private static final Material WATER = new Material("water", 1, T1, T2);
    private static final double RADIUS_METERS = 0.01;
    private static final Phantom BALL = new Ball(Vec3.ZERO, RADIUS_METERS, WATER);

    /** The transform of a ball, at every sample of a readout that runs through both ramps. */
    @Test
    void samplesOnRampsLieWhereTheGradientHasBrought() {
        double g = 0.4e6;
        double flat = 1e-3;
        double dwell = 10e-6;
        int samples = 140;
        double area = g * (flat + RAMP_SECONDS);
        Gradient prephase = Experiment.trapezoid(-0.5 * area / (1e-3 + RAMP_SECONDS), 1e-3);
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .gradient(prephase, null, null)
                .read(Experiment.adc(samples, dwell), Experiment.trapezoid(g, flat), null, null)
                .on(BALL);
        double full = 4.0 / 3 * Math.PI * Math.pow(RADIUS_METERS, 3) * 1e6;
        double start = HARD_SECONDS / 2 + 1e-3 + 2 * RAMP_SECONDS;
        for (int n = 0; n < samples; n++) {
            double t = (n + 0.5) * dwell;
            double onFlat = Math.min(Math.max(t - RAMP_SECONDS, 0), flat);
            double up = Math.min(t, RAMP_SECONDS);
            double down = Math.max(0, t - RAMP_SECONDS - flat);
            double k =
                    -0.5 * area + g * (0.5 * up * up / RAMP_SECONDS + onFlat + down - 0.5 * down * down / RAMP_SECONDS);
            double x = 2 * Math.PI * Math.abs(k) * RADIUS_METERS;
            double shape = x < 1e-3 ? 1 : 3 * (Math.sin(x) - x * Math.cos(x)) / (x * x * x);
            double expected = full * shape * Math.exp(-(start + t) / T2);
            double got = result.magnitude(0, n) * Math.signum(Math.cos(result.phase(0, n) - result.phase(0, 70)));
            assertThat(got).as("sample %d", n).isCloseTo(expected, within(0.008 * full));
        }
    }

    /**
     * Bernstein et al., Handbook, 14.1: balanced steady state on resonance, phases alternating. The slice gradient's area is
     * balanced from one pulse's middle to the next one's only.
     */
    @ParameterizedTest
    @ValueSource(ints = {20, 50, 70})
    void aBalancedSteadyStateIsKeptBesideSliceGradients(int degrees) {
        double wait = 1.18e-3;
        double tr = 6.01e-3;
        double g = 0.2e6;
        RfPulse excitation = Experiment.delayed(Experiment.hardPulse(degrees, HARD_SECONDS, 0, 0), RAMP_SECONDS);
        Gradient select = new Gradient.Trapezoid(
                g, Rasters.ps(RAMP_SECONDS), Rasters.ps(HARD_SECONDS), Rasters.ps(RAMP_SECONDS), 0);
        double half = 0.5 * g * (HARD_SECONDS + RAMP_SECONDS);
        Gradient rewind = Experiment.trapezoid(-half / (0.5e-3 + RAMP_SECONDS), 0.5e-3);
        Gradient read = Experiment.trapezoid(0.1e6, 1e-3);
        Gradient prephase = Experiment.trapezoid(-0.05e6 * 1.2e-3 / 0.7e-3, 0.5e-3);
        Experiment experiment = new Experiment();
        int repetitions = 300;
        for (int i = 0; i < repetitions; i++) {
            RfPulse pulse = i % 2 == 0
                    ? excitation
                    : Experiment.delayed(Experiment.hardPulse(degrees, HARD_SECONDS, Math.PI, 0), RAMP_SECONDS);
            experiment.rf(pulse, null, null, select).gradient(prephase, null, rewind);
            experiment
                    .pause(wait)
                    .read(Experiment.delayed(Experiment.adc(100, 10e-6), RAMP_SECONDS), read, null, null)
                    .pause(wait)
                    .gradient(prephase, null, rewind);
        }
        assertThat(experiment.endSeconds()).isCloseTo(repetitions * tr, within(1e-9));
        Result result = experiment.on(BALL);
        double full = 4.0 / 3 * Math.PI * Math.pow(RADIUS_METERS, 3) * 1e6;
        double e1 = Math.exp(-tr / T1);
        double e2 = Math.exp(-tr / T2);
        double alpha = Math.toRadians(degrees);
        double expected =
                full * Math.sin(alpha) * (1 - e1) / (1 - (e1 - e2) * Math.cos(alpha) - e1 * e2) * Math.sqrt(e2);
        assertThat(result.magnitude(repetitions - 1, 50)).isCloseTo(expected, within(0.02 * expected));
    }
}
