package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isocenter.hardware.virtual.Drop.imperfect;

import org.isocenter.hardware.Imperfections;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
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
    void aPulseUnderAnEddyCurrentStillSelectsAndKeepsItsPhase() {
        // The slice pulse's gradient is still 0.5 % short on average: that moves the slice at 50 mm by less than a
        // tenth.
        Imperfections eddy =
                imperfect("gradients.eddyCurrents", "[{axis: x, amplitude: 0.01, timeConstantSeconds: 4e-3}]");
        double slice = 2e5;
        Experiment experiment = new Experiment()
                .rf(
                        Experiment.delayed(Experiment.sincPulse(90, 3e-3, 4, slice * 0.05, 0), 200e-6),
                        Experiment.trapezoid(slice, 3e-3),
                        null,
                        null)
                .gradient(Experiment.trapezoid(-slice, 1.4e-3), null, null)
                .read(Experiment.adc(1, 10e-6));
        Experiment.Result perfect = experiment.on(DROP.phantom());
        Experiment.Result found = experiment.on(DROP.phantom(), eddy);
        assertThat(found.magnitude(0, 0)).isCloseTo(perfect.magnitude(0, 0), within(0.03 * perfect.magnitude(0, 0)));
        // From the pulse's middle on, what the eddy current adds to the moment turns the phase.
        double end = 2 * RAMP_SECONDS + 3e-3 + 2 * RAMP_SECONDS + 1.4e-3 + 5e-6;
        double ahead = moment(0.01, 4e-3, slice, 3e-3, 0, end)
                + moment(0.01, 4e-3, -slice, 1.4e-3, 2 * RAMP_SECONDS + 3e-3, end)
                - moment(0.01, 4e-3, slice, 3e-3, 0, 200e-6 + 1.5e-3);
        assertThat(DROP.turnsAhead(experiment, eddy)[0][0]).isCloseTo(0.05 * ahead, within(5e-3));
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

    /** What an eddy current of this pulse adds to its moment until then, by small steps. */
    private static double eddyMoment(double amplitude, double tau, double until) {
        return moment(amplitude, tau, GRADIENT, FLAT_SECONDS, 0, until);
    }

    private static double moment(
            double amplitude, double tau, double gradient, double flatSeconds, double begin, double until) {
        double dt = 0.1e-6;
        double slope = gradient / RAMP_SECONDS;
        double sum = 0;
        for (double t = begin + dt / 2; t < until; t += dt) {
            double since = t - begin;
            double change = 0;
            if (since < RAMP_SECONDS) {
                change = slope;
            } else if (since > RAMP_SECONDS + flatSeconds && since < 2 * RAMP_SECONDS + flatSeconds) {
                change = -slope;
            }
            sum -= amplitude * change * dt * tau * -Math.expm1(-(until - t) / tau);
        }
        return sum;
    }
}
