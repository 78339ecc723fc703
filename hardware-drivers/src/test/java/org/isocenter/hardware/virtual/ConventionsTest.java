package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.hardware.virtual.phantom.Phantoms;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Signs, phases, axes and units, as docs/decisions/0002 fixes them. What is delivered is the conjugate of what the spins do. */
class ConventionsTest {
    private static final double PULSE = 50e-6;
    private static final Material WATER = new Material("water", 1, 0.3, 0.1);
    private static final Phantom BALL = new Ball(Vec3.ZERO, 0.01, WATER);

    private static void assertTurn(double radians, double expected, double tolerance) {
        assertThat(Math.IEEEremainder(radians - expected, 2 * Math.PI)).isCloseTo(0, within(tolerance));
    }

    private static Result afterRightAngle(Adc adc, Imperfections imperfections) {
        return new Experiment()
                .rf(Experiment.hardPulse(90, PULSE, 0, 0))
                .read(adc)
                .on(BALL, imperfections);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.3", "0.5, 0.15"})
    void aSampleIsInMillilitresOfWater(double density, double t1) {
        Phantom ball = new Ball(Vec3.ZERO, 0.01, new Material("water", density, t1, 10));
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, PULSE, 0, 0))
                .read(Experiment.adc(1, 10e-6))
                .on(ball);
        double millilitres = density * 4.0 / 3 * Math.PI;
        assertThat(result.magnitude(0, 0)).isCloseTo(millilitres, within(0.003 * millilitres));
    }

    /** About x by the right hand z goes to -y; a pulse of phase φ is about an axis φ further on. */
    @ParameterizedTest
    @ValueSource(ints = {0, 30, 90, 180, -117})
    void aPulseOfPhasePhiGivesASignalOfPhaseNinetyDegreesLessPhi(int degrees) {
        double phase = Math.toRadians(degrees);
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, PULSE, phase, 0))
                .read(Experiment.adc(1, 10e-6))
                .on(BALL);
        assertTurn(result.phase(0, 0), Math.PI / 2 - phase, 1e-4);
    }

    @ParameterizedTest
    @ValueSource(doubles = {125, -40})
    void aPositiveOffsetTurnsTheDeliveredSignalClockwise(double hertz) {
        Result result = afterRightAngle(Experiment.adc(100, 100e-6), Experiment.imperfect(hertz, 0, 0));
        for (int n = 1; n < 100; n += 9) {
            assertTurn(result.phase(0, n) - result.phase(0, 0), -2 * Math.PI * hertz * n * 100e-6, 1e-4);
        }
    }

    @Test
    void demodulatingAtTheOffsetMakesTheSignalStandStill() {
        Adc at125 = new Adc(100, 100_000_000, 0, 0, 0, 125, 0.4, null);
        Adc plain = new Adc(100, 100_000_000, 0, 0, 0, 125, 0, null);
        Imperfections off = Experiment.imperfect(125, 0, 0);
        Result result = afterRightAngle(at125, off);
        assertThat(result.phase(0, 70)).isCloseTo(result.phase(0, 3), within(1e-4));
        assertTurn(result.phase(0, 3) - afterRightAngle(plain, off).phase(0, 3), 0.4, 1e-4);
    }

    /** A pulse of offset f and phase φ has the phase φ+2πft from its own start. */
    @Test
    void aPulseOfAnOffsetTurnsWithTheSpinsOfThatOffset() {
        double hertz = 1500;
        double seconds = 300e-6;
        double dwell = 10e-6;
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, seconds, 0.7, hertz))
                .read(Experiment.adc(1, dwell))
                .on(BALL, Experiment.imperfect(hertz, 0, 0));
        double full =
                afterRightAngle(Experiment.adc(1, dwell), Imperfections.NONE).magnitude(0, 0);
        assertThat(result.magnitude(0, 0)).isCloseTo(full, within(2e-3 * full));
        assertTurn(result.phase(0, 0), Math.PI / 2 - 0.7 - 2 * Math.PI * hertz * (seconds + dwell / 2), 5e-3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.03", "0, -0.02", "1, 0.03", "1, -0.02", "2, 0.03", "2, -0.02"})
    void aPointAtRTurnsByMinusKTimesR(int axis, double place) {
        double[] r = {0, 0, 0};
        r[axis] = place;
        Phantom drop = new Ball(new Vec3(r[0], r[1], r[2]), 0.002, WATER);
        double gradient = 100e3;
        double dwell = 10e-6;
        Gradient[] g = new Gradient[3];
        g[axis] = Experiment.trapezoid(gradient, 900e-6);
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, PULSE, 0, 0))
                .read(Experiment.delayed(Experiment.adc(64, dwell), 300e-6), g[0], g[1], g[2])
                .on(drop);
        for (int n = 1; n < 64; n++) {
            assertTurn(result.phase(0, n) - result.phase(0, 0), -2 * Math.PI * gradient * n * dwell * place, 2e-3);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, -1})
    void aPulseOfPositiveOffsetExcitesWhereTheGradientAddsAsMuch(double sign) {
        double gradient = 400e3;
        double z = 0.03;
        Phantom drop = new Ball(new Vec3(0, 0, sign * z), 0.002, WATER);
        RfPulse pulse = Experiment.delayed(Experiment.sincPulse(90, 2e-3, 4, gradient * z, 0), 200e-6);
        Result result = new Experiment()
                .rf(pulse, null, null, Experiment.trapezoid(gradient, 2e-3))
                .gradient(null, null, Experiment.trapezoid(-gradient / 2, 2e-3))
                .read(Experiment.adc(1, 2e-6))
                .on(drop);
        double millilitres = 4.0 / 3 * Math.PI * 8e-9 * 1e6;
        if (sign > 0) {
            assertThat(result.magnitude(0, 0)).isCloseTo(millilitres, within(0.06 * millilitres));
        } else {
            assertThat(result.magnitude(0, 0)).isLessThan(1e-3 * millilitres);
        }
    }

    /**
     * The arms of the F point to the patient's left (+x) and front (-y), the longer ones at the head (+z): read along each
     * axis and transformed with e^(+i2πkr), its centre of gravity lies there, to 0.3 mm.
     */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theImageOfTheOrientationPhantomLiesWhereItStands(int axis) {
        Phantom phantom = Phantoms.named("orientation", Experiment.LIMITS.fieldTesla());
        int samples = 128;
        double dwell = 10e-6;
        double fov = 0.256;
        double gradient = 1 / (fov * dwell);
        double flat = samples * dwell;
        Gradient[] back = new Gradient[3];
        Gradient[] read = new Gradient[3];
        double prephase = gradient * (200e-6 / 2 + samples / 2 * dwell + dwell / 2);
        back[axis] = Experiment.trapezoid(-prephase / (1e-3 + 200e-6), 1e-3);
        read[axis] = Experiment.trapezoid(gradient, flat);
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, PULSE, 0, 0))
                .gradient(back[0], back[1], back[2])
                .read(Experiment.delayed(Experiment.adc(samples, dwell), 200e-6), read[0], read[1], read[2])
                .on(phantom);
        assertThat(centre(result, samples, fov)).isCloseTo(centre(phantom, axis), within(3e-4));
    }

    /** Of the profile, sample n being k = (n - samples/2)/fov, in phase with the sample at k = 0. */
    private static double centre(Result result, int samples, double fov) {
        double sum = 0;
        double moment = 0;
        double phase = result.phase(0, samples / 2);
        for (int pixel = 1; pixel < samples; pixel++) {
            double place = (pixel - samples / 2) * fov / samples;
            double profile = 0;
            for (int n = 0; n < samples; n++) {
                double angle = 2 * Math.PI * (n - samples / 2) / fov * place + result.phase(0, n) - phase;
                profile += result.magnitude(0, n) * Math.cos(angle);
            }
            sum += profile;
            moment += profile * place;
        }
        return moment / sum;
    }

    private static double centre(Phantom phantom, int axis) {
        double step = 1e-3;
        Vec3 half = phantom.halfExtentMeters();
        double sum = 0;
        double moment = 0;
        for (double x = -half.x() + step / 2; x < half.x(); x += step) {
            for (double y = -half.y() + step / 2; y < half.y(); y += step) {
                for (double z = -half.z() + step / 2; z < half.z(); z += step) {
                    if (phantom.materialAt(x, y, z) >= 0) {
                        sum++;
                        moment += axis == 0 ? x : axis == 1 ? y : z;
                    }
                }
            }
        }
        return moment / sum;
    }
}
