package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isocenter.hardware.virtual.Drop.imperfect;

import org.isocenter.hardware.Imperfections;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gradients that are not played as commanded, each against a calculation of its own. */
class PlayedGradientsTest {
    private static final double GRADIENT = 1e5;
    private static final double FLAT_SECONDS = 1e-3;
    private static final double RAMP_SECONDS = 200e-6;
    private static final double MOMENT = GRADIENT * (FLAT_SECONDS + RAMP_SECONDS);
    private static final Drop DROP = new Drop(new Vec3(0.05, 0.02, -0.03));

    /** A gradient pulse, then the phase that it has left. */
    private static Experiment pulseThenRead(Gradient gx, Gradient gy, Gradient gz) {
        return new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .gradient(gx, gy, gz)
                .read(Experiment.adc(1, 10e-6));
    }

    private static Gradient trapezoid() {
        return Experiment.trapezoid(GRADIENT, FLAT_SECONDS);
    }

    @ParameterizedTest
    @CsvSource({"x, 0.05", "y, 0.02", "z, -0.03"})
    void aScaleThatIsThreePercentTooLargeTurnsAPointByThreePercentMore(String axis, double place) {
        String scale = axis.equals("x") ? "1.03,1,1" : axis.equals("y") ? "1,1.03,1" : "1,1,1.03";
        Experiment experiment = pulseThenRead(trapezoid(), trapezoid(), trapezoid());
        double turns = DROP.turnsAhead(experiment, imperfect("gradients.scale", scale))[0][0];
        assertThat(turns).isCloseTo(0.03 * MOMENT * place, within(2e-4));
    }

    @Test
    void crossTermsShowUpOnTheOtherAxis() {
        Imperfections crossed =
                imperfect("gradients.crossTerms.yFromX", "0.02", "gradients.crossTerms.xFromZ", "-0.01");
        assertThat(DROP.turnsAhead(pulseThenRead(trapezoid(), null, null), crossed)[0][0])
                .isCloseTo(0.02 * MOMENT * 0.02, within(2e-4));
        assertThat(DROP.turnsAhead(pulseThenRead(null, null, trapezoid()), crossed)[0][0])
                .isCloseTo(-0.01 * MOMENT * 0.05, within(2e-4));
        assertThat(DROP.turnsAhead(pulseThenRead(null, trapezoid(), null), crossed)[0][0])
                .isCloseTo(0, within(1e-5));
    }

    @Test
    void anOffsetIsAGradientThatIsNeverOff() {
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .pause(2e-3)
                .read(Experiment.adc(11, 100e-6));
        double[] turns = DROP.turnsAhead(experiment, imperfect("gradients.offsetMicroteslaPerMeter", "0,20,0"))[0];
        double hertz = 20e-6 * 42577478.518 * 0.02;
        assertThat(turns[10] - turns[0]).isCloseTo(hertz * 1e-3, within(1e-4));
        // Half the pulse's own time counts too, or near: a hard pulse of 90° precesses 0.64 of it.
        assertThat(turns[0]).isCloseTo(hertz * (2e-3 + 50e-6 + 0.64 * 100e-6), within(2e-4));
    }

    @Test
    void aDelayMovesTheEchoByTheGradientTimesTheDelay() {
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .gradient(Experiment.trapezoid(-GRADIENT, 0.4e-3), null, null)
                .read(
                        Experiment.delayed(Experiment.adc(64, 10e-6), 400e-6),
                        Experiment.trapezoid(GRADIENT, FLAT_SECONDS),
                        null,
                        null);
        double[] turns = DROP.turnsAhead(experiment, imperfect("gradients.delaySeconds", "10e-6,0,0"))[0];
        for (double each : turns) {
            assertThat(each).isCloseTo(-GRADIENT * 10e-6 * 0.05, within(2e-4));
        }
        assertThat(DROP.turnsAhead(experiment, imperfect("gradients.delaySeconds", "0,10e-6,0"))[0])
                .containsOnly(new double[1], within(1e-5));
    }

    @ParameterizedTest
    @CsvSource({"0.02, 0.3e-3", "0.01, 5e-3", "-0.004, 0.2"})
    void anEddyCurrentChangesThePhaseDuringAndAfterAPulseAsItsFormulaSays(double amplitude, double tau) {
        Imperfections eddy = imperfect(
                "gradients.eddyCurrents",
                "[{axis: x, amplitude: " + amplitude + ", timeConstantSeconds: " + tau + "}]");
        Experiment during = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.delayed(Experiment.adc(20, 50e-6), 200e-6), trapezoid(), null, null)
                .pause(1e-3)
                .read(Experiment.adc(20, 0.5e-3));
        double[][] turns = DROP.turnsAhead(during, eddy);
        for (int n = 0; n < 20; n++) {
            double gradientOn = 200e-6 + (n + 0.5) * 50e-6;
            assertThat(turns[0][n]).isCloseTo(0.05 * eddyMoment(amplitude, tau, gradientOn), within(1e-4));
            double later = 2 * RAMP_SECONDS + FLAT_SECONDS + 1e-3 + (n + 0.5) * 0.5e-3;
            assertThat(turns[1][n]).isCloseTo(0.05 * eddyMoment(amplitude, tau, later), within(1e-4));
        }
    }

    @Test
    void anEddyCurrentCanActOnAnotherAxisAndOnTheField() {
        Imperfections onto = imperfect(
                "gradients.eddyCurrents",
                "[{axis: x, onto: z, amplitude: 0.01, timeConstantSeconds: 1e-3},"
                        + " {axis: y, onto: field, amplitude: 1e-3, timeConstantSeconds: 2e-3}]");
        double after = 2 * RAMP_SECONDS + FLAT_SECONDS + 5e-6;
        assertThat(DROP.turnsAhead(pulseThenRead(trapezoid(), null, null), onto)[0][0])
                .isCloseTo(-0.03 * eddyMoment(0.01, 1e-3, after), within(1e-4));
        assertThat(DROP.turnsAhead(pulseThenRead(null, trapezoid(), null), onto)[0][0])
                .isCloseTo(eddyMoment(1e-3, 2e-3, after), within(1e-4));
    }

    @Test
    void aPulseUnderAnEddyCurrentDoesWhatSmallStepsSay() {
        double tau = 4e-3;
        double amplitude = 0.005;
        Imperfections eddy = imperfect(
                "gradients.eddyCurrents",
                "[{axis: x, amplitude: " + amplitude + ", timeConstantSeconds: " + tau + "}]");
        double slice = 2e5;
        RfPulse pulse = Experiment.sincPulse(90, 3e-3, 4, slice * 0.05, 0);
        Experiment experiment = new Experiment()
                .rf(Experiment.delayed(pulse, RAMP_SECONDS), Experiment.trapezoid(slice, 3e-3), null, null)
                .gradient(Experiment.trapezoid(-slice, 1.4e-3), null, null)
                .read(Experiment.adc(1, 10e-6));
        double[] m = {0, 0, 1};
        double[] perfect = {0, 0, 1};
        double dt = 1e-6;
        double flow = 0;
        double last = 0;
        for (int step = 0; step < 5205; step++) {
            double time = (step + 0.5) * dt;
            double g = trapezoid(slice, 3e-3, time) - trapezoid(slice, 1.4e-3, time - 2 * RAMP_SECONDS - 3e-3);
            flow = flow * Math.exp(-dt / tau) + (g - last);
            last = g;
            double b1 = 0;
            double phase = 0;
            if (step >= 200 && step < 3200) {
                b1 = pulse.amplitudeHertz() * pulse.magnitude().at(step - 200);
                phase = 2
                        * Math.PI
                        * (pulse.phaseCycles().at(step - 200) + pulse.frequencyHertz() * (step - 199.5) * dt);
            }
            double bx = b1 * Math.cos(phase);
            double by = b1 * Math.sin(phase);
            BlochOracle.step(m, bx, by, (g - amplitude * flow) * 0.05, Drop.WATER, dt);
            BlochOracle.step(perfect, bx, by, g * 0.05, Drop.WATER, dt);
        }
        Experiment.Result found = experiment.on(DROP.phantom(), eddy);
        assertThat(found.magnitude(0, 0)).isCloseTo(Math.hypot(m[0], m[1]), within(0.003));
        double ahead = (Math.atan2(m[1], m[0]) - Math.atan2(perfect[1], perfect[0])) / (2 * Math.PI);
        assertThat(DROP.turnsAhead(experiment, eddy)[0][0]).isCloseTo(Math.IEEEremainder(ahead, 1), within(2e-3));
    }

    private static double trapezoid(double hertzPerMeter, double flatSeconds, double time) {
        double left = 2 * RAMP_SECONDS + flatSeconds - time;
        return hertzPerMeter * Math.max(0, Math.min(1, Math.min(time, left) / RAMP_SECONDS));
    }

    @Test
    void manyRepetitionsUnderEddyCurrentsShareTheirPulses() throws UnplayableTableException {
        Experiment experiment = new Experiment();
        for (int line = 0; line < 32; line++) {
            experiment
                    .rf(
                            Experiment.delayed(Experiment.sincPulse(90, 3e-3, 4, 0, 0), 200e-6),
                            null,
                            null,
                            Experiment.trapezoid(2e5, 3e-3))
                    .gradient(null, Experiment.trapezoid((line - 16) * 1e4, 1e-3), null)
                    .pause(20e-3);
        }
        Imperfections eddy = imperfect(
                "gradients.eddyCurrents",
                "[{axis: z, amplitude: 0.01, timeConstantSeconds: 0.05},"
                        + " {axis: y, onto: z, amplitude: 0.002, timeConstantSeconds: 0.05}]",
                "gradients.delaySeconds",
                "5e-6,5e-6,5e-6");
        PulseLibrary library = new PulseLibrary(1);
        ScannerFields fields = new ScannerFields(eddy, Experiment.LIMITS, 0);
        TableSurvey survey = TableSurvey.of(experiment.table(), library, fields, () -> false);
        assertThat(survey.library().pulses()).hasSizeLessThan(8);
    }

    /** What an eddy current of the trapezoid adds to its moment until then, by small steps. */
    private static double eddyMoment(double amplitude, double tau, double until) {
        double dt = 0.1e-6;
        double sum = 0;
        for (double t = dt / 2; t < Math.min(until, 2 * RAMP_SECONDS + FLAT_SECONDS); t += dt) {
            double step = trapezoid(GRADIENT, FLAT_SECONDS, t + dt / 2) - trapezoid(GRADIENT, FLAT_SECONDS, t - dt / 2);
            sum -= amplitude * step * tau * -Math.expm1(-(until - t) / tau);
        }
        return sum;
    }
}
