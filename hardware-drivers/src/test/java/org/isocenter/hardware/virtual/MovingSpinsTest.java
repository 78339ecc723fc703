package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.MovingPhantom;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.RigidMotion;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What motion does to phases and amplitudes, against results that can be written down. */
class MovingSpinsTest {
    private static final double HARD_SECONDS = 50e-6;
    private static final double RAMP_SECONDS = 200e-6;
    private static final Material WATER = new Material("water", 1, 0.3, 0.1);
    private static final Phantom DROP = new Ball(new Vec3(0.01, -0.02, 0.005), 0.003, WATER);

    /** Straight on for a second. */
    private static Phantom at(Vec3 metersPerSecond) {
        return new MovingPhantom(DROP, RigidMotion.once(metersPerSecond, Vec3.ZERO, 0, 1));
    }

    private static double turnedBy(Experiment experiment, Phantom phantom) {
        Result moved = experiment.on(phantom);
        Result still = experiment.on(DROP);
        return Math.IEEEremainder(moved.phase(0, 0) - still.phase(0, 0), 2 * Math.PI);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0, 0", "-0.2, 0, 0", "0, 0.25, 0", "0, 0, -0.4"})
    void aBipolarPairTurnsADropByItsVelocityTimesTheFirstMoment(double vx, double vy, double vz) {
        double gradient = 200e3;
        double flat = 1.5e-3;
        Experiment experiment = new Experiment().rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0));
        for (double sign : new double[] {1, -1}) {
            var lobe = Experiment.trapezoid(sign * gradient, flat);
            experiment.gradient(vx != 0 ? lobe : null, vy != 0 ? lobe : null, vz != 0 ? lobe : null);
        }
        experiment.read(Experiment.adc(1, 2e-6));
        double area = gradient * (flat + RAMP_SECONDS);
        double firstMoment = -area * (flat + 2 * RAMP_SECONDS);
        // Delivered signals are conjugated.
        double expected = -2 * Math.PI * (vx + vy + vz) * firstMoment;
        double turned = turnedBy(experiment, at(new Vec3(vx, vy, vz)));
        assertThat(turned / expected).isCloseTo(1, within(2e-3));
    }

    @Test
    void aVelocityCompensatedTripletLeavesMovingSpinsAlone() {
        Experiment experiment = new Experiment().rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0));
        for (double share : new double[] {1, -2, 1}) {
            experiment.gradient(Experiment.trapezoid(share * 150e3, 1.5e-3), null, null);
        }
        experiment.read(Experiment.adc(1, 2e-6));
        assertThat(turnedBy(experiment, at(new Vec3(0.3, 0, 0)))).isCloseTo(0, within(2e-3));
    }

    @Test
    void whatIsAcceleratedTurnsInTheTripletByItsSecondMoment() {
        double period = 0.2;
        double amplitude = 0.01;
        double gradient = 150e3;
        double flat = 3e-3;
        Experiment experiment = new Experiment();
        // At a quarter of the period the sine is all acceleration.
        experiment.pause(0.25 * period - 1.5 * (flat + 2 * RAMP_SECONDS) - HARD_SECONDS);
        experiment.rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0));
        double start = experiment.endSeconds();
        for (double share : new double[] {1, -2, 1}) {
            experiment.gradient(null, Experiment.trapezoid(share * gradient, flat), null);
        }
        experiment.read(Experiment.adc(1, 2e-6));
        double expected = 0;
        double step = 1e-6;
        for (double t = 0.5 * step; t < 3 * (flat + 2 * RAMP_SECONDS); t += step) {
            double inLobe = t % (flat + 2 * RAMP_SECONDS);
            double edge = Math.min(inLobe, flat + 2 * RAMP_SECONDS - inLobe);
            double share = (int) (t / (flat + 2 * RAMP_SECONDS)) == 1 ? -2 : 1;
            double g = share * gradient * Math.min(1, edge / RAMP_SECONDS);
            expected -= 2 * Math.PI * g * amplitude * Math.sin(2 * Math.PI * (start + t) / period) * step;
        }
        Phantom swinging = new MovingPhantom(DROP, RigidMotion.periodic(new Vec3(0, amplitude, 0), Vec3.ZERO, period));
        double turned = turnedBy(experiment, swinging);
        assertThat(Math.abs(expected)).isGreaterThan(0.3);
        assertThat(turned / expected).isCloseTo(1, within(5e-3));
    }

    @Test
    void aSelectivePulseLeavesThePhaseOfItsGradientsVelocityMoment() {
        double gradient = 200e3;
        double seconds = 2e-3;
        double velocity = 0.3;
        // Carried along so that it is in the slice in mid-pulse.
        Phantom drop = new Ball(Vec3.ZERO, 0.003, WATER);
        Experiment experiment = new Experiment()
                .rf(
                        Experiment.delayed(Experiment.hardPulse(10, seconds, 0, 0), RAMP_SECONDS),
                        null,
                        null,
                        Experiment.trapezoid(gradient, seconds))
                .gradient(null, null, Experiment.trapezoid(-gradient * 0.5, seconds))
                .read(Experiment.adc(1, 2e-6));
        Result still = experiment.on(drop);
        Result moved =
                experiment.on(new MovingPhantom(drop, RigidMotion.once(new Vec3(0, 0, velocity), Vec3.ZERO, 0, 1)));
        double expected = 0;
        double offset = 0;
        double step = 1e-6;
        double middle = RAMP_SECONDS + 0.5 * seconds;
        double lobe = seconds + 2 * RAMP_SECONDS;
        for (double t = middle + 0.5 * step; t < 2 * lobe; t += step) {
            double inLobe = t % lobe;
            double edge = Math.min(1, Math.min(inLobe, lobe - inLobe) / RAMP_SECONDS);
            double g = gradient * edge * (t < lobe ? 1 : -0.5);
            expected -= 2 * Math.PI * g * velocity * t * step;
            offset += g * step;
        }
        double turned = Math.IEEEremainder(moved.phase(0, 0) - still.phase(0, 0), 2 * Math.PI);
        assertThat(Math.abs(offset)).isLessThan(30);
        assertThat(Math.abs(expected)).isGreaterThan(0.5);
        assertThat(turned).isCloseTo(expected, within(0.02 * Math.abs(expected)));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, -0.3})
    void aDropThatMovesDuringReadoutTurnsByItsPlaceAtEachMoment(double velocity) {
        double gradient = 25e3;
        double dwell = 50e-6;
        int samples = 128;
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .read(
                        Experiment.delayed(Experiment.adc(samples, dwell), RAMP_SECONDS),
                        Experiment.trapezoid(gradient, samples * dwell),
                        null,
                        null);
        Result result = experiment.on(at(new Vec3(velocity, 0, 0)));
        double x0 = 0.01 + velocity * (HARD_SECONDS + RAMP_SECONDS);
        for (int n = 1; n < samples; n += 6) {
            double expected = 0;
            for (int m = 0; m < n; m++) {
                // From sample m's moment to the next one's.
                double middle = x0 + velocity * (m + 1) * dwell;
                expected -= 2 * Math.PI * gradient * dwell * middle;
            }
            double turned = result.phase(0, n) - result.phase(0, 0);
            assertThat(Math.IEEEremainder(turned - expected, 2 * Math.PI)).isCloseTo(0, within(4e-3));
        }
    }

    @Test
    void aStepBetweenLinesTurnsTheNextLineAsTheShiftTheoremSays() {
        double shift = 0.004;
        double gradient = 60e3;
        double dwell = 40e-6;
        int samples = 64;
        Experiment experiment = new Experiment();
        for (int line = 0; line < 2; line++) {
            experiment
                    .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                    .gradient(Experiment.trapezoid(-gradient, 1.2e-3), null, null)
                    .read(
                            Experiment.delayed(Experiment.adc(samples, dwell), RAMP_SECONDS),
                            Experiment.trapezoid(gradient, samples * dwell),
                            null,
                            null)
                    .pause(2.5);
        }
        Result result =
                experiment.on(new MovingPhantom(DROP, RigidMotion.once(new Vec3(shift, 0, 0), Vec3.ZERO, 1, 0)));
        double k0 = gradient * (-1.2e-3 - RAMP_SECONDS + 0.5 * RAMP_SECONDS + 0.5 * dwell);
        for (int n = 0; n < samples; n++) {
            double k = k0 + gradient * n * dwell;
            double turned = result.phase(1, n) - result.phase(0, n);
            assertThat(Math.IEEEremainder(turned + 2 * Math.PI * k * shift, 2 * Math.PI))
                    .isCloseTo(0, within(2e-3));
            assertThat(result.magnitude(1, n)).isCloseTo(result.magnitude(0, n), within(1e-3 * result.magnitude(0, n)));
        }
    }

    @Test
    void theFieldIsThatOfThePlaceWhereTheSpinsAre() {
        double period = 0.1;
        Motion motion = RigidMotion.periodic(new Vec3(0, 0, 0.03), Vec3.ZERO, period);
        Imperfections bent = Experiment.imperfect(0, 200, 0);
        double fieldHertz = 200e-6 * Experiment.LIMITS.larmorHertz();
        Phantom drop = new Ball(new Vec3(0, 0, 0.05), 0.001, new Material("water", 1, 10, 10));
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .pause(0.06)
                .read(Experiment.adc(1, 2e-6))
                .on(new MovingPhantom(drop, motion), bent);
        Result still = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .pause(0.06)
                .read(Experiment.adc(1, 2e-6))
                .on(drop);
        double turns = 0;
        double step = 1e-6;
        for (double t = 0.5 * HARD_SECONDS; t < 0.06 + HARD_SECONDS; t += step) {
            double z = 0.05 + 0.03 * Math.sin(2 * Math.PI * t / period);
            turns += step * fieldHertz * 0.8 * z * z / 0.01;
        }
        double turned = result.phase(0, 0) - still.phase(0, 0);
        assertThat(turns).isGreaterThan(1);
        assertThat(Math.IEEEremainder(turned + 2 * Math.PI * turns, 2 * Math.PI))
                .isCloseTo(0, within(0.03));
    }

    @Test
    void aQuarterTurnBetweenTwoScansTurnsTheObject() {
        // A ball to the left, turned about z from x to y, read along x and y before and after.
        double gradient = 40e3;
        double dwell = 40e-6;
        int samples = 32;
        Phantom ball = new Ball(new Vec3(0.03, 0, 0), 0.003, WATER);
        Experiment experiment = new Experiment();
        for (int scan = 0; scan < 2; scan++) {
            for (int axis = 0; axis < 2; axis++) {
                var read = Experiment.trapezoid(gradient, samples * dwell);
                experiment
                        .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                        .read(
                                Experiment.delayed(Experiment.adc(samples, dwell), RAMP_SECONDS),
                                axis == 0 ? read : null,
                                axis == 1 ? read : null,
                                null)
                        .pause(2);
            }
        }
        Result result = experiment.on(new MovingPhantom(
                ball, RigidMotion.once(Vec3.ZERO, new Vec3(0, 0, Math.PI / 2), 3, 0.5)));
        double[] expected = {0.03, 0, 0, 0.03};
        for (int window = 0; window < 4; window++) {
            double turned = result.phase(window, 10) - result.phase(window, 0);
            double place = -Math.IEEEremainder(turned, 2 * Math.PI) / (2 * Math.PI * gradient * 10 * dwell);
            assertThat(place).isCloseTo(expected[window], within(5e-5));
        }
    }

    @Test
    void whatComesIntoTheSliceLaterIsThere() {
        // 30 mm away at first, in the slice a second later.
        Phantom ball = new Ball(new Vec3(0, 0, 0.03), 0.004, WATER);
        Experiment experiment = new Experiment();
        for (int pulse = 0; pulse < 2; pulse++) {
            experiment
                    .rf(
                            Experiment.delayed(Experiment.sincPulse(90, 2e-3, 4, 0, 0), RAMP_SECONDS),
                            null,
                            null,
                            Experiment.trapezoid(150e3, 2e-3))
                    .gradient(null, null, Experiment.trapezoid(-75e3, 2e-3))
                    .read(Experiment.adc(1, 2e-6))
                    .pause(2);
        }
        Result result =
                experiment.on(new MovingPhantom(ball, RigidMotion.once(new Vec3(0, 0, -0.03), Vec3.ZERO, 0.5, 1)));
        double millilitres = 4.0 / 3 * Math.PI * 64e-9 * 1e6;
        assertThat(result.magnitude(0, 0)).isLessThan(0.01 * millilitres);
        assertThat(result.magnitude(1, 0)).isGreaterThan(0.9 * millilitres);
    }

    /** Nothing comes back of what is dephased, whatever the phase increment: docs/decisions/0021 says what that neglects. */
    @ParameterizedTest
    @CsvSource({"10, 117", "30, 117", "60, 117", "30, 50"})
    void whatMovesInASpoiledTrainSettlesWhereErnstSays(double degrees, double increment) {
        double tr = 0.02;
        int pulses = 80;
        Experiment experiment = new Experiment();
        for (int i = 0; i < pulses; i++) {
            double phase = Math.toRadians(increment * (i * (i + 1.0) / 2 % 360));
            experiment
                    .until(i * tr)
                    .rf(Experiment.hardPulse(degrees, HARD_SECONDS, phase, 0))
                    .gradient(Experiment.trapezoid(-40e3, 0.9e-3), null, null)
                    .read(
                            Experiment.delayed(Experiment.adc(20, 100e-6), RAMP_SECONDS),
                            Experiment.trapezoid(40e3, 2e-3),
                            null,
                            null)
                    .gradient(null, null, Experiment.trapezoid(400e3, 2e-3));
        }
        double e1 = Math.exp(-tr / WATER.t1Seconds());
        double flip = Math.toRadians(degrees);
        double settled = (1 - e1) / (1 - Math.cos(flip) * e1);
        Result result = experiment.on(at(new Vec3(0, 0, 0.005)));
        assertThat(result.magnitude(pulses - 1, 10) / result.magnitude(0, 10))
                .isCloseTo(settled, within(5e-3 * settled));
    }
}
