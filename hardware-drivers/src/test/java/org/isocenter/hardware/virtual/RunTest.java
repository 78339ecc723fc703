package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An abort ends a run whatever the simulation is busy with, and what was simulated ahead is never delivered. */
class RunTest {
    private static final EventTable TABLE = new Experiment()
            .rf(Experiment.hardPulse(90, 50e-6, 0, 0))
            .read(Experiment.adc(4, 10e-6))
            .pause(1)
            .read(Experiment.adc(4, 10e-6))
            .table();

    /** A ball that, once asked what is where, does not answer before it is let go. */
    private record Stubborn(Phantom ball, CountDownLatch asked, CountDownLatch letGo) implements Phantom {
        @Override
        public String name() {
            return "stubborn";
        }

        @Override
        public List<Material> materials() {
            return ball.materials();
        }

        @Override
        public int materialAt(double x, double y, double z) {
            asked.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    letGo.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            return ball.materialAt(x, y, z);
        }

        @Override
        public Vec3 halfExtentMeters() {
            return ball.halfExtentMeters();
        }
    }

    @Test
    @Timeout(60)
    void anAbortDoesNotWaitForTheSimulation() throws Exception {
        Phantom ball = new Ball(Vec3.ZERO, 0.01, new Material("water", 1, 0.3, 0.1));
        Stubborn phantom = new Stubborn(ball, new CountDownLatch(1), new CountDownLatch(1));
        try (VirtualScanner scanner = Experiment.scanner(phantom, Imperfections.NONE, 2)) {
            Thread stop = new Thread(() -> {
                try {
                    phantom.asked.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                scanner.abort();
            });
            stop.start();
            // Nobody lets the phantom go: this returns only because the run does not wait for it.
            assertThat(scanner.run(TABLE, (index, channels, samples, re, im) -> {}))
                    .isEqualTo(RunOutcome.ABORTED);
            assertThat(scanner.outputs()).isEqualTo(OutputState.SAFE);
            phantom.letGo.countDown();
            List<Integer> delivered = new ArrayList<>();
            assertThat(scanner.run(TABLE, (index, channels, samples, re, im) -> delivered.add(index)))
                    .isEqualTo(RunOutcome.COMPLETED);
            assertThat(delivered).containsExactly(0, 1);
            stop.join();
        }
    }

    @Test
    void theSinkHearsOfThePreparationAndOfThePauses() throws Exception {
        List<String> heard = new ArrayList<>();
        Phantom ball = new Ball(Vec3.ZERO, 0.01, new Material("water", 1, 0.3, 0.1));
        try (VirtualScanner scanner = Experiment.scanner(ball, Imperfections.NONE, 2)) {
            scanner.run(TABLE, new ReadoutSink() {
                @Override
                public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary) {
                    heard.add("readout");
                }

                @Override
                public void preparing(double share) {
                    heard.add(share == 1 ? "prepared" : "preparing");
                }

                @Override
                public void played(double seconds) {
                    heard.add(seconds > 1 ? "end" : "played");
                }
            });
        }
        assertThat(heard).startsWith("preparing").endsWith("end");
        assertThat(heard.indexOf("prepared")).isLessThan(heard.indexOf("readout"));
    }

    /** So that in real time no readout waits for what comes after it. */
    @Test
    void whatIsSaidToBePlayedIsNeverAheadOfTheNextReadout() throws Exception {
        Phantom ball = new Ball(Vec3.ZERO, 0.01, new Material("water", 1, 0.3, 0.1));
        Experiment experiment = new Experiment();
        for (int i = 0; i < 20; i++) {
            experiment.until(i * 0.1).rf(Experiment.hardPulse(90, 50e-6, 0, 0)).read(Experiment.adc(4, 10e-6));
        }
        double[] played = {0};
        try (VirtualScanner scanner = new VirtualScanner(
                Experiment.ADDRESS,
                new VirtualOptions(new ScannerProfile(Experiment.LIMITS, Imperfections.NONE), ball, 1, 1, false),
                1,
                300_000)) {
            scanner.run(experiment.table(), new ReadoutSink() {
                @Override
                public void readout(int adcIndex, int channels, int samples, float[] real, float[] imaginary) {
                    assertThat(played[0]).isLessThan(adcIndex * 0.1 + 1e-3);
                }

                @Override
                public void played(double seconds) {
                    played[0] = seconds;
                }
            });
        }
        assertThat(played[0]).isCloseTo(experiment.endSeconds(), within(1e-6));
    }

    @Test
    @Timeout(60)
    void whatIsAheadWaitsForItsTime() throws Exception {
        Run run = new Run();
        run.put(new Run.Played(1, OutputState.SAFE));
        run.begin();
        assertThat(run.behindSeconds(3600)).isNegative();
        assertThat(run.waitUntil(-1)).isTrue();
        CountDownLatch waiting = new CountDownLatch(1);
        Thread stop = new Thread(() -> {
            waiting.countDown();
            run.abort();
        });
        stop.start();
        assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(run.waitUntil(3600)).isFalse();
        assertThat(run.take()).isNull();
        stop.join();
    }
}
