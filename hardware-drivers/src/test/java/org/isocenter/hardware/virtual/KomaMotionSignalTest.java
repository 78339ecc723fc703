package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.isocenter.hardware.virtual.phantom.file.KomaMotionFiles.action;
import static org.isocenter.hardware.virtual.phantom.file.KomaMotionFiles.motion;

import java.nio.file.Path;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.hardware.virtual.phantom.file.KomaMotionFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scan sees of spins that move as their file says, against results that can be written down. */
class KomaMotionSignalTest {
    private static final double HARD_SECONDS = 50e-6;
    private static final double RAMP_SECONDS = 200e-6;

    @TempDir
    Path folder;

    @Test
    void aVelocityUnderAConstantGradientTurnsByHalfItsSquareOfTime() throws Exception {
        double velocity = 0.2;
        double gradient = 100e3;
        double flat = 8e-3;
        SpinList spins = KomaMotionFiles.read(KomaMotionFiles.write(
                folder.resolve("v.phantom"),
                new double[][] {{0}, {0}, {0}},
                m -> action(
                        motion(m, 1, new double[] {0, 1}, new double[] {0, 1}, null),
                        "Translate",
                        "dx",
                        velocity,
                        "dy",
                        0,
                        "dz",
                        0)));
        Experiment experiment = new Experiment().rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0));
        double start = experiment.endSeconds();
        experiment.gradient(Experiment.trapezoid(gradient, flat), null, null).read(Experiment.adc(1, 2e-6));
        // Σ G t over the trapezoid: its area at its middle; the delivered signal is conjugated.
        double area = gradient * (flat + RAMP_SECONDS);
        double moment = area * (start + 0.5 * flat + RAMP_SECONDS);
        double expected = -2 * Math.PI * velocity * moment;
        double turned =
                experiment.on(spins).phase(0, 0) - experiment.on(spins.atRest()).phase(0, 0);
        assertThat(expected).isLessThan(-4);
        assertThat(Math.IEEEremainder(turned - expected, 2 * Math.PI)).isCloseTo(0, within(1e-3 * -expected));
    }

    @Test
    void aPointThatTurnsIsSeenWhereItIs() throws Exception {
        double radius = 0.02;
        double seconds = 0.05;
        SpinList spins = KomaMotionFiles.read(KomaMotionFiles.write(
                folder.resolve("r.phantom"),
                new double[][] {{0.01 + radius}, {0.005}, {0}},
                m -> action(
                                motion(m, 1, new double[] {0, seconds}, new double[] {0, 1}, null),
                                "Rotate",
                                "pitch",
                                0,
                                "roll",
                                0,
                                "yaw",
                                180)
                        .putAttribute("center", "(0.01, 0.005, 0.0)")));
        double gradient = 20e3;
        double flat = 20e-3;
        Experiment experiment = new Experiment().rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0));
        double start = experiment.endSeconds();
        experiment.gradient(null, Experiment.trapezoid(gradient, flat), null).read(Experiment.adc(1, 2e-6));
        double expected = 0;
        double step = 1e-6;
        for (double t = 0.5 * step; t < flat + 2 * RAMP_SECONDS; t += step) {
            double edge = Math.min(t, flat + 2 * RAMP_SECONDS - t);
            double y = 0.005 + radius * Math.sin(Math.PI * (start + t) / seconds);
            expected -= 2 * Math.PI * gradient * Math.min(1, edge / RAMP_SECONDS) * y * step;
        }
        double still =
                experiment.on(spins.atRest()).phase(0, 0) + 2 * Math.PI * gradient * (flat + RAMP_SECONDS) * 0.005;
        double turned = experiment.on(spins).phase(0, 0) - still;
        assertThat(Math.abs(expected)).isGreaterThan(20);
        assertThat(Math.IEEEremainder(turned - expected, 2 * Math.PI)).isCloseTo(0, within(1e-3 * -expected));
    }

    @Test
    void aPulseThatHardlyTurnsAMovingSpinIsPlayedAllTheSame() throws Exception {
        SpinList spins = KomaMotionFiles.read(KomaMotionFiles.write(
                folder.resolve("w.phantom"),
                new double[][] {{0}, {0}, {0}},
                m -> action(
                        motion(m, 1, new double[] {0, 1}, new double[] {0, 1}, null),
                        "Translate",
                        "dx",
                        1e-6,
                        "dy",
                        0,
                        "dz",
                        0)));
        // 50.5 turns off resonance: some 0.6 % of its flip angle is left.
        Experiment experiment =
                new Experiment().rf(Experiment.hardPulse(90, 5e-3, 0, 10_100)).read(Experiment.adc(1, 2e-6));
        double still = experiment.on(spins.atRest()).magnitude(0, 0);
        assertThat(still).isPositive();
        assertThat(experiment.on(spins).magnitude(0, 0)).isCloseTo(still, within(1e-3 * still));
    }

    /** A listed spin is not spoiled: a short T2 does it here. */
    @Test
    void whatComesInAnewIsFreshAfterSaturatingPulses() throws Exception {
        double repetition = 0.02;
        double t1 = 1;
        int pulses = 5;
        double[][] none = new double[7][1];
        int[][] reset = new int[7][1];
        reset[4][0] = 1;
        // Nodes each 20 ms from 10 ms before the first pulse: fresh from before the fourth pulse up to after it.
        double[] t = {-0.01, 6 * repetition - 0.01};
        var file = folder.resolve("f.phantom");
        SpinList flowing = KomaMotionFiles.read(KomaMotionFiles.write(
                file,
                new double[][] {{0}, {0}, {0}},
                t1,
                1e-3,
                m -> KomaMotionFiles.path(motion(m, 1, t, new double[] {0, 1}, null), none, none, none, reset)));
        Experiment experiment = new Experiment();
        for (int i = 0; i < pulses; i++) {
            experiment.until(i * repetition + 1e-3);
            experiment.rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0)).read(Experiment.adc(1, 2e-6));
            experiment.gradient(null, null, Experiment.trapezoid(100e3, 2e-3));
        }
        Result moved = experiment.on(flowing);
        Result still = experiment.on(flowing.atRest());
        double whole = still.magnitude(0, 0);
        for (int i = 0; i < 3; i++) {
            assertThat(moved.magnitude(i, 0) / whole).isCloseTo(still.magnitude(i, 0) / whole, within(1e-4));
        }
        // The fifth pulse, at 81 ms, finds what was fresh until 70 ms.
        assertThat(still.magnitude(4, 0) / whole).isLessThan(0.05);
        assertThat(moved.magnitude(4, 0) / whole).isCloseTo(1, within(1e-3));
    }
}
