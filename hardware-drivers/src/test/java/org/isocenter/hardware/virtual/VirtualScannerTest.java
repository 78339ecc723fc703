package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VirtualScannerTest {
    private static final Phantom BALL = new Ball(Vec3.ZERO, 0.02, new Material("water", 1, 0.3, 0.1));
    private static final Imperfections REAL = Experiment.imperfect(20, 100, 0.05);

    /** A spoiled gradient echo with phase encoding, so many repetitions. */
    private static Experiment gradientEcho(int repetitions) {
        Experiment experiment = new Experiment();
        for (int i = 0; i < repetitions; i++) {
            experiment
                    .rf(
                            Experiment.delayed(Experiment.sincPulse(30, 2e-3, 4, 500, i * 2.0), 200e-6),
                            null,
                            null,
                            Experiment.trapezoid(200e3, 2e-3))
                    .gradient(Experiment.trapezoid(-50e3, 600e-6), Experiment.trapezoid(1e3 * i, 600e-6), null)
                    .read(
                            Experiment.delayed(Experiment.adc(64, 20e-6), 200e-6),
                            Experiment.trapezoid(50e3, 1300e-6),
                            null,
                            null)
                    .gradient(null, null, Experiment.trapezoid(300e3, 2e-3));
        }
        return experiment;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7})
    void theSamplesDoNotDependOnTheNumberOfThreads(int threads) {
        EventTable table = gradientEcho(6).table();
        try (VirtualScanner two = Experiment.scanner(BALL, REAL, 2);
                VirtualScanner other = Experiment.scanner(BALL, REAL, threads)) {
            Result expected = Experiment.collect(two, table);
            Result found = Experiment.collect(other, table);
            for (int i = 0; i < 6; i++) {
                assertThat(found.re().get(i)).isEqualTo(expected.re().get(i));
                assertThat(found.im().get(i)).isEqualTo(expected.im().get(i));
            }
        }
    }

    @Test
    void aSecondRunStartsAfresh() {
        EventTable table = gradientEcho(3).table();
        try (VirtualScanner scanner = Experiment.scanner(BALL, REAL, 2)) {
            Result first = Experiment.collect(scanner, table);
            Result second = Experiment.collect(scanner, table);
            assertThat(second.re().get(2)).isEqualTo(first.re().get(2));
        }
    }

    @Test
    void noiseHasTheProfilesDeviationAtTenKilohertz() {
        Experiment silence = new Experiment();
        silence.read(Experiment.adc(20_000, 100e-6)).read(Experiment.adc(20_000, 25e-6));
        Result result = silence.on(BALL, Experiment.imperfect(0, 0, 0.5));
        assertThat(deviation(result.re().get(0))).isBetween(0.49, 0.51);
        assertThat(deviation(result.im().get(0))).isBetween(0.49, 0.51);
        assertThat(deviation(result.re().get(1))).isBetween(0.98, 1.02);
        assertThat(result.re().get(0)).isNotEqualTo(result.im().get(0));
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    @Test
    void readoutsComeInOrderEachOnce() {
        List<Integer> order = new ArrayList<>();
        try (VirtualScanner scanner = Experiment.scanner(BALL, REAL, 2)) {
            assertThat(run(scanner, gradientEcho(20).table(), order)).isEqualTo(RunOutcome.COMPLETED);
        }
        assertThat(order).hasSize(20).isSorted().doesNotHaveDuplicates();
    }

    private static RunOutcome run(VirtualScanner scanner, EventTable table, List<Integer> order) {
        try {
            return scanner.run(table, (index, channels, samples, re, im) -> order.add(index));
        } catch (ScannerException | IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void anAbortStopsDeliveryAtOnceAndLeavesTheOutputsSafe() throws Exception {
        List<Integer> delivered = new ArrayList<>();
        List<OutputState> during = new ArrayList<>();
        try (VirtualScanner scanner = Experiment.scanner(BALL, REAL, 2)) {
            RunOutcome outcome = scanner.run(gradientEcho(500).table(), (index, channels, samples, re, im) -> {
                delivered.add(index);
                during.add(scanner.outputs());
                if (index == 3) {
                    scanner.abort();
                }
            });
            assertThat(outcome).isEqualTo(RunOutcome.ABORTED);
            assertThat(delivered).containsExactly(0, 1, 2, 3);
            assertThat(scanner.outputs()).isEqualTo(OutputState.SAFE);
        }
    }

    @Test
    @Timeout(60)
    void anAbortFromAnotherThreadEndsAWaitInRealTime() throws Exception {
        // After the first readout nothing happens for an hour.
        EventTable table = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.adc(4, 10e-6))
                .pause(3600)
                .read(Experiment.adc(4, 10e-6))
                .table();
        VirtualOptions options =
                new VirtualOptions(new ScannerProfile(Experiment.LIMITS, Imperfections.NONE), BALL, 1, 1, true);
        try (VirtualScanner scanner = new VirtualScanner(Experiment.ADDRESS, options, 2, 5000)) {
            CountDownLatch first = new CountDownLatch(1);
            CompletableFuture<RunOutcome> outcome = CompletableFuture.supplyAsync(() -> {
                try {
                    return scanner.run(table, (index, channels, samples, re, im) -> first.countDown());
                } catch (ScannerException | IOException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(first.await(30, TimeUnit.SECONDS)).isTrue();
            scanner.abort();
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(RunOutcome.ABORTED);
            assertThat(scanner.outputs()).isEqualTo(OutputState.SAFE);
        }
    }

    @Test
    void anAbortBeforeARunDoesNotStopIt() {
        try (VirtualScanner scanner = Experiment.scanner(BALL, REAL, 2)) {
            scanner.abort();
            assertThat(run(scanner, gradientEcho(2).table(), new ArrayList<>())).isEqualTo(RunOutcome.COMPLETED);
        }
    }

    @Test
    void aSinkThatFailsEndsTheRunSafely() {
        try (VirtualScanner scanner = Experiment.scanner(BALL, REAL, 2)) {
            assertThatThrownBy(() -> scanner.run(gradientEcho(4).table(), (index, channels, samples, re, im) -> {
                        throw new IOException("disk full");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThat(scanner.outputs()).isEqualTo(OutputState.SAFE);
        }
    }

    @Test
    void aTableCheckedForAStrongerScannerIsRefused() {
        SystemLimits weaker = ScannerProfile.builtIn("osi2one").limits();
        VirtualOptions options = new VirtualOptions(new ScannerProfile(weaker, Imperfections.NONE), BALL, 1, 1, false);
        EventTable table = gradientEcho(1).table();
        try (VirtualScanner scanner = new VirtualScanner(Experiment.ADDRESS, options, 2, 5000)) {
            assertThatThrownBy(() -> scanner.run(table, (index, channels, samples, re, im) -> {}))
                    .isInstanceOfSatisfying(
                            ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.REFUSED))
                    .hasMessageContaining("gradient");
        }
    }

    @Test
    void aClosedScannerRefusesToRun() {
        VirtualScanner scanner = Experiment.scanner(BALL, REAL, 2);
        scanner.close();
        assertThatThrownBy(() -> scanner.run(gradientEcho(1).table(), (index, channels, samples, re, im) -> {}))
                .isInstanceOf(ScannerException.class)
                .hasMessageContaining("closed");
    }
}
