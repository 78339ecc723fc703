package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Gradient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chemical shift, several pools at one place, and the spread of frequencies inside a voxel. */
class SpinPoolsTest {
    private static final int SPINS = 100_000;
    private static final double HARD_SECONDS = 20e-6;
    private static final double RADIUS = 0.01;
    private static final double MILLILITRES = 4.0 / 3 * Math.PI * RADIUS * RADIUS * RADIUS * 1e6;
    private static final double T2 = 0.1;
    private static final Material WATER = new Material("water", 1, 100, T2);
    private static final Material SHIFTED = new Material("shifted", 1, 100, T2, 0, -3.4, Double.POSITIVE_INFINITY);

    /** Two pools, equal but for density and frequency, that share every place of a ball. */
    private record Emulsion(double waterShare) implements Phantom {
        @Override
        public String name() {
            return "emulsion";
        }

        @Override
        public List<Material> materials() {
            return List.of(
                    new Material("water", waterShare, 100, T2),
                    new Material("fat", 1 - waterShare, 100, T2, 0, -3.4, Double.POSITIVE_INFINITY));
        }

        @Override
        public List<List<Integer>> mixtures() {
            return List.of(List.of(0, 1));
        }

        @Override
        public int materialAt(double x, double y, double z) {
            return new Vec3(x, y, z).norm() <= RADIUS ? 0 : -1;
        }

        @Override
        public Vec3 halfExtentMeters() {
            return new Vec3(RADIUS, RADIUS, RADIUS);
        }
    }

    /** With as many spins as the virtual scanner takes at least. */
    private static Result freeDecay(Phantom phantom, int samples, double dwellSeconds) {
        Experiment experiment = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .read(Experiment.adc(samples, dwellSeconds));
        VirtualOptions options =
                new VirtualOptions(new ScannerProfile(Experiment.LIMITS, Imperfections.NONE), phantom, 1, 1, false);
        try (VirtualScanner scanner = new VirtualScanner(Experiment.ADDRESS, options, 2, SPINS)) {
            return Experiment.collect(scanner, experiment.table());
        }
    }

    private static Phantom ball(Material material) {
        return new Ball(Vec3.ZERO, RADIUS, material);
    }

    private static Material spread(double t2Prime) {
        return new Material("spread", 1, 100, T2, 0, 0, t2Prime);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.01, 0.05, 0.4})
    void aFreeDecayFallsByT2StarUntilTwiceAsLong(double t2Prime) {
        double t2Star = 1 / (1 / T2 + 1 / t2Prime);
        double dwell = Math.round(2e4 * t2Star) * 1e-6;
        Result result = freeDecay(ball(spread(t2Prime)), 100, dwell);
        Result still = freeDecay(ball(WATER), 100, dwell);
        for (int n = 0; n < 100; n++) {
            double seconds = (n + 0.5) * dwell + HARD_SECONDS / 2;
            double spread = result.magnitude(0, n) / still.magnitude(0, n);
            assertThat(spread).as("at %s s", seconds).isCloseTo(Math.exp(-seconds / t2Prime), within(0.005));
        }
    }

    @Test
    void aSpinEchoBringsTheSpreadTogetherAgain() {
        double half = 0.02;
        Result result = new Experiment()
                .rf(Experiment.hardPulse(90, HARD_SECONDS, 0, 0))
                .pause(half - 1.5 * HARD_SECONDS)
                .rf(Experiment.hardPulse(180, 2 * HARD_SECONDS, Math.PI / 2, 0))
                .pause(half - HARD_SECONDS - 5e-6)
                .read(Experiment.adc(1, 10e-6))
                .on(ball(spread(0.01)));
        assertThat(result.magnitude(0, 0) / MILLILITRES).isCloseTo(Math.exp(-2 * half / T2), within(0.004));
    }

    @Test
    void fatTurnsMoreSlowlyThanWaterByThreePointFourPartsInAMillion() {
        double dwell = 1e-3;
        Result fat = freeDecay(ball(SHIFTED), 60, dwell);
        Result water = freeDecay(ball(WATER), 60, dwell);
        double hertz = -3.4e-6 * Experiment.LIMITS.larmorHertz();
        for (int n = 0; n < 60; n++) {
            // What is received is the conjugate.
            double turned = -(fat.phase(0, n) - water.phase(0, n));
            double expected = 2 * Math.PI * hertz * ((n + 0.5) * dwell + HARD_SECONDS / 2);
            assertThat(Math.IEEEremainder(turned - expected, 2 * Math.PI)).isCloseTo(0, within(2e-3));
        }
    }

    @Test
    void theTwoPoolsOfAnEmulsionBeatWithTheirShares() {
        double dwell = 1e-3;
        Result result = freeDecay(new Emulsion(0.7), 150, dwell);
        double hertz = -3.4e-6 * Experiment.LIMITS.larmorHertz();
        for (int n = 0; n < 150; n += 7) {
            double seconds = (n + 0.5) * dwell + HARD_SECONDS / 2;
            double angle = 2 * Math.PI * hertz * seconds;
            double sum = Math.hypot(0.7 + 0.3 * Math.cos(angle), 0.3 * Math.sin(angle));
            assertThat(result.magnitude(0, n) / result.magnitude(0, 0))
                    .isCloseTo(sum * Math.exp(-n * dwell / T2), within(2e-3));
        }
    }

    @Test
    void aSliceOfShiftedSpinsLiesWhereTheirFrequencyIsThePulses() {
        double hertzPerMeter = 200e3;
        double place = 0.015;
        double ppm = -place * hertzPerMeter / Experiment.LIMITS.larmorHertz() * 1e6;
        Material shifted = new Material("shifted", 1, 100, T2, 0, ppm, Double.POSITIVE_INFINITY);
        double there = slice(new Ball(new Vec3(0, 0, place), RADIUS, shifted), hertzPerMeter);
        double middle = slice(ball(WATER), hertzPerMeter);
        double elsewhere = slice(new Ball(new Vec3(0, 0, -place), RADIUS, shifted), hertzPerMeter);
        assertThat(middle).isGreaterThan(1);
        // Two balls of a lattice of spins differ by some parts in a thousand.
        assertThat(there).isCloseTo(middle, within(0.01 * middle));
        assertThat(elsewhere).isLessThan(1e-3 * middle);
    }

    private static double slice(Phantom phantom, double hertzPerMeter) {
        Gradient select = Experiment.trapezoid(hertzPerMeter, 4e-3);
        Gradient rewind = Experiment.trapezoid(-hertzPerMeter, 1.9e-3);
        return new Experiment()
                .rf(Experiment.delayed(Experiment.sincPulse(90, 4e-3, 4, 0, 0), 200e-6), null, null, select)
                .gradient(null, null, rewind)
                .read(Experiment.adc(1, 2e-6))
                .on(phantom)
                .magnitude(0, 0);
    }
}
