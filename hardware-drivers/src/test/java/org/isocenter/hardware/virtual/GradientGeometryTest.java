package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isocenter.hardware.virtual.Drop.imperfect;

import org.isocenter.hardware.GradientImperfections;
import org.isocenter.hardware.Imperfections;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients that are not linear in the place: of the coils, and of Maxwell's equations. */
class GradientGeometryTest {
    private static final double LARMOR = 0.047 * 42577478.518;
    private static final double RAMP_SECONDS = 200e-6;
    private static final double FLAT_SECONDS = 1e-3;

    @ParameterizedTest
    @CsvSource({"x, 0.08, 0, 0", "y, 0.03, 0.06, -0.02", "z, 0.04, -0.05, 0.07"})
    void aNonlinearGradientSeesADropElsewhereByItsHarmonic(String axis, double x, double y, double z) {
        Drop drop = new Drop(new Vec3(x, y, z));
        Gradient g = Experiment.trapezoid(1e5, FLAT_SECONDS);
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .gradient(axis.equals("x") ? g : null, axis.equals("y") ? g : null, axis.equals("z") ? g : null)
                .read(Experiment.adc(1, 10e-6));
        String shares = axis.equals("x") ? "0.05,0,0" : axis.equals("y") ? "0,0.05,0" : "0,0,0.05";
        double along = axis.equals("x") ? x : axis.equals("y") ? y : z;
        double across = x * x + y * y + z * z - along * along;
        // Legendre: r³·P3(cos θ) = (5·u³ - 3·u·r²)/2.
        double displaced = 0.05 * (5 * Math.pow(along, 3) - 3 * along * (along * along + across)) / 2 / 0.01;
        double turns = drop.turnsAhead(experiment, imperfect("gradients.nonlinearity", shares))[0][0];
        assertThat(turns).isCloseTo(1e5 * (FLAT_SECONDS + RAMP_SECONDS) * displaced, within(3e-4));
    }

    @ParameterizedTest
    @CsvSource({"0.08, 0, 0", "0.03, 0.06, -0.02", "-0.04, -0.05, 0.07"})
    void theHarmonicsThatAScannerTellsAreThoseThatItHas(double x, double y, double z) {
        GradientImperfections bent =
                imperfect("gradients.nonlinearity", "0.02,-0.03,0.05").gradients();
        double[] told = new double[3];
        bent.harmonics().seen(x, y, z, told);
        GradientWarp warp = GradientWarp.of(bent);
        assertThat(told[0]).isCloseTo(warp.seenX(x, y, z), within(1e-12));
        assertThat(told[1]).isCloseTo(warp.seenY(x, y, z), within(1e-12));
        assertThat(told[2]).isCloseTo(warp.seenZ(x, y, z), within(1e-12));
        assertThat(GradientImperfections.NONE.harmonics().isNone()).isTrue();
    }

    @Test
    void aSliceIsExcitedWhereTheNonlinearGradientPutsIt() {
        Imperfections bent = imperfect("gradients.nonlinearity", "0,0,0.05");
        Drop drop = new Drop(new Vec3(0, 0, 0.08));
        double seen = 0.08 + 0.05 * 0.08 * 0.8 * 0.8;
        double there = sliceSignal(drop, seen, bent);
        assertThat(there).isCloseTo(sliceSignal(drop, 0.08, Imperfections.NONE), within(0.005));
        assertThat(sliceSignal(drop, 0.08, bent)).isLessThan(0.01 * there);
    }

    /** Of a ball of water at the drop, for which spins have to be placed, in units of its volume. */
    private static double sliceSignal(Drop drop, double atMeters, Imperfections imperfections) {
        Experiment.Ball ball = new Experiment.Ball(drop.place(), 0.3e-3, Drop.WATER);
        double gradient = 1e6;
        Experiment.Result result = new Experiment()
                .rf(
                        Experiment.delayed(Experiment.sincPulse(90, 3e-3, 4, gradient * atMeters, 0), RAMP_SECONDS),
                        null,
                        null,
                        Experiment.trapezoid(gradient, 3e-3))
                .gradient(null, null, Experiment.trapezoid(-gradient, 1.4e-3))
                .read(Experiment.adc(1, 10e-6))
                .on(ball, imperfections);
        return result.re().isEmpty() ? 0 : result.magnitude(0, 0) / (4 * Math.PI / 3 * Math.pow(0.3e-3, 3) * 1e6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "y", "z"})
    void concomitantFieldsLeaveThePhaseThatTheFieldsMagnitudeGives(String axis) {
        Drop drop = new Drop(new Vec3(0.05, -0.06, 0.04));
        double[] gradient = {2e5, -1.2e5, 1.6e5};
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .gradient(lobe(gradient[0]), lobe(gradient[1]), lobe(gradient[2]))
                .gradient(lobe(-gradient[0]), lobe(-gradient[1]), lobe(-gradient[2]))
                .read(Experiment.adc(1, 10e-6));
        Imperfections concomitant = imperfect("gradients.concomitantAxis", axis);
        double expected = 0;
        double dt = 1e-6;
        for (double t = dt / 2; t < 2 * RAMP_SECONDS + FLAT_SECONDS; t += dt) {
            double share = Math.min(1, Math.min(t, 2 * RAMP_SECONDS + FLAT_SECONDS - t) / RAMP_SECONDS);
            for (int sign : new int[] {-1, 1}) {
                expected += dt * excessHertz(axis, gradient, sign * share, drop.place());
            }
        }
        assertThat(Math.abs(expected)).isBetween(0.005, 0.4);
        assertThat(drop.turnsAhead(experiment, concomitant)[0][0])
                .isCloseTo(expected, within(0.01 * Math.abs(expected)));
        assertThat(drop.turnsAhead(experiment, imperfect("gradients.concomitantAxis", "none"))[0][0])
                .isCloseTo(0, within(1e-6));
    }

    private static Gradient lobe(double hertzPerMeter) {
        return Experiment.trapezoid(hertzPerMeter, FLAT_SECONDS);
    }

    /** Magnitude of the whole field, exactly, less the main field and the linear gradient. */
    private static double excessHertz(String axis, double[] g, double factor, Vec3 r) {
        double x = r.x();
        double y = r.y();
        double z = r.z();
        double gx = g[0] * factor;
        double gy = g[1] * factor;
        double gz = g[2] * factor;
        double linear = gx * x + gy * y + gz * z;
        double one;
        double other;
        if (axis.equals("z")) {
            one = gx * z - gz * x / 2;
            other = gy * z - gz * y / 2;
        } else if (axis.equals("x")) {
            one = gy * x - gx * y;
            other = gz * x;
        } else {
            one = gx * y - gy * x;
            other = gz * y;
        }
        double whole = LARMOR + linear;
        return Math.sqrt(whole * whole + one * one + other * other) - whole;
    }

    @Test
    void concomitantFieldsActWhileASignalIsRead() {
        Drop drop = new Drop(new Vec3(0.01, -0.07, 0));
        double gradient = 3e5;
        double hertz = gradient * gradient * 0.07 * 0.07 / (2 * LARMOR);
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(
                        Experiment.delayed(Experiment.adc(100, 20e-6), 400e-6),
                        Experiment.trapezoid(gradient, 2.4e-3),
                        null,
                        null);
        double[] steady = drop.turnsAhead(experiment, imperfect("gradients.concomitantAxis", "x"))[0];
        assertThat(Math.IEEEremainder(steady[99] - steady[0], 1)).isCloseTo(hertz * 99 * 20e-6, within(2e-4));
        // The same when an eddy current makes the gradient change a little: then the sums are made otherwise.
        double[] unsteady = drop.turnsAhead(
                        experiment,
                        imperfect(
                                "gradients.concomitantAxis", "x",
                                "gradients.eddyCurrents",
                                        "[{axis: z, amplitude: 0.01, timeConstantSeconds: 1}, {axis: x, amplitude: 1e-7, timeConstantSeconds: 1}]"))[
                0];
        assertThat(Math.IEEEremainder(unsteady[99] - unsteady[0], 1)).isCloseTo(hertz * 99 * 20e-6, within(2e-4));
    }

    @Test
    void concomitantFieldsMoveTheResonanceUnderAPulse() {
        Imperfections concomitant = imperfect("gradients.concomitantAxis", "x");
        Drop drop = new Drop(new Vec3(0.06, 0, 0));
        double gradient = 4e5;
        double shift = gradient * gradient * 0.06 * 0.06 / (2 * LARMOR);
        assertThat(narrowPulse(drop, gradient, shift, concomitant))
                .isCloseTo(narrowPulse(drop, gradient, 0, Imperfections.NONE), within(0.01));
        assertThat(narrowPulse(drop, gradient, 0, concomitant)).isLessThan(0.05);
    }

    /** What a pulse of 120 Hz under a gradient along z makes of the drop. */
    private static double narrowPulse(Drop drop, double gradient, double hertz, Imperfections imperfections) {
        Experiment.Result result = new Experiment()
                .rf(
                        Experiment.delayed(Experiment.sincPulse(90, 20e-3, 2.4, hertz, 0), RAMP_SECONDS),
                        null,
                        null,
                        Experiment.trapezoid(gradient, 20e-3))
                .gradient(null, null, Experiment.trapezoid(-gradient, 9.8e-3))
                .read(Experiment.adc(1, 10e-6))
                .on(drop.phantom(), imperfections);
        return result.magnitude(0, 0);
    }
}
