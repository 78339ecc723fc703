package org.isocenter.hardware.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.Imperfections;
import org.isocenter.hardware.ProfileFormatException;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.virtual.Experiment.Ball;
import org.isocenter.hardware.virtual.Experiment.Result;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pulses leave in the receiver, and what its buffers lose, in scans. */
class ReceiverTest {
    private static final Phantom BALL = new Ball(Vec3.ZERO, 0.02, new Material("water", 1, 0.3, 0.1));
    private static final double DWELL = 4e-6;

    private static Imperfections with(Map<String, String> keys) {
        try {
            return ScannerProfile.builtIn("ideal", keys).imperfections();
        } catch (ProfileFormatException e) {
            throw new AssertionError(e);
        }
    }

    /** A pulse of 100 us and a window right after it. */
    private static Experiment decay(double pauseSeconds) {
        return new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0.7, 0))
                .pause(pauseSeconds)
                .read(Experiment.adc(50, DWELL));
    }

    @Test
    void theCoilRingsDownWithItsTimeConstantFromTheAmplitudeStated() {
        double peak = Experiment.LIMITS.rfPeakHertz();
        double pulse = 0.25 / 100e-6;
        double built = 1 - Math.exp(-100e-6 / 20e-6);
        Imperfections rings = with(Map.of("receive.ringdownAmplitude", "1000", "receive.ringdownSeconds", "20e-6"));
        Result without = decay(0).on(BALL);
        Result with = decay(0).on(BALL, rings);
        for (int s : new int[] {0, 7, 20, 49}) {
            double re = with.re().get(0)[s] - without.re().get(0)[s];
            double im = with.im().get(0)[s] - without.im().get(0)[s];
            double expected = 1000 * built * pulse / peak * Math.exp(-(s + 0.5) * DWELL / 20e-6);
            assertThat(Math.hypot(re, im)).isCloseTo(expected, within(1e-5 * expected + 1e-5));
            if (s < 20) {
                assertThat(Math.atan2(-im, re)).as("the transmitter's phase").isCloseTo(0.7, within(1e-3));
            }
        }
    }

    @Test
    void nothingPassesTheSwitchUntilTheDeadTimeIsOver() {
        Imperfections dead = with(Map.of("receive.deadSeconds", "121e-6"));
        Result without = decay(50e-6).on(BALL);
        Result with = decay(50e-6).on(BALL, dead);
        int shut = (int) Math.ceil((121e-6 - 50e-6) / DWELL - 0.5);
        for (int s = 0; s < 50; s++) {
            assertThat(with.re().get(0)[s])
                    .isEqualTo(s < shut ? 0 : without.re().get(0)[s]);
            assertThat(with.im().get(0)[s])
                    .isEqualTo(s < shut ? 0 : without.im().get(0)[s]);
        }
        assertThat(shut).isBetween(10, 30);
        assertThat(without.magnitude(0, 0)).isGreaterThan(10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7})
    void ofALostSampleTheRestMovesUpInItsReadoutOnly(int missing) {
        Experiment reads = new Experiment()
                .rf(Experiment.hardPulse(90, 100e-6, 0, 0))
                .read(Experiment.adc(8, 1e-3))
                .read(Experiment.adc(8, 1e-3));
        Imperfections faults = with(Map.of("faults.loseSample", "1:" + missing, "receive.channels", "2"));
        Result whole = reads.on(BALL, with(Map.of("receive.channels", "2")));
        Result lost = reads.on(BALL, faults);
        assertThat(lost.re().get(0)).isEqualTo(whole.re().get(0));
        for (int channel = 0; channel < 2; channel++) {
            for (int s = 0; s < 8; s++) {
                int last = missing == 7 ? 6 : 7;
                int from = channel * 8 + (s < missing ? s : Math.min(last, s + 1));
                assertThat(lost.re().get(1)[channel * 8 + s])
                        .isEqualTo(whole.re().get(1)[from]);
                assertThat(lost.im().get(1)[channel * 8 + s])
                        .isEqualTo(whole.im().get(1)[from]);
            }
        }
    }

    @Test
    void samplesAreLostAtTheRateStated() {
        Experiment reads = new Experiment();
        for (int i = 0; i < 400; i++) {
            reads.read(Experiment.adc(100, 20e-6));
        }
        // The last two samples of noise are alike where one was lost.
        Result lost = reads.on(BALL, with(Map.of("faults.lostSamplesPerSample", "0.002", "receive.noise", "1")));
        long windows = lost.re().stream().filter(re -> re[99] == re[98]).count();
        double expected = 400 * (1 - Math.pow(1 - 0.002, 100));
        assertThat((double) windows).isCloseTo(expected, within(4 * Math.sqrt(expected)));
    }

    @ParameterizedTest
    @CsvSource({"faults.fifoOverflowAt, receive FIFO overflowed", "faults.fifoUnderflowAt, event FIFO ran empty"})
    void aFailingFifoEndsTheRunAfterTheReadoutsBeforeIt(String key, String text) {
        Experiment reads = new Experiment();
        for (int i = 0; i < 9; i++) {
            reads.read(Experiment.adc(16, 20e-6));
        }
        List<Integer> delivered = new ArrayList<>();
        try (VirtualScanner scanner = Experiment.scanner(BALL, with(Map.of(key, "5")), 2)) {
            assertThatThrownBy(() ->
                            scanner.run(reads.table(), (index, channels, samples, re, im) -> delivered.add(index)))
                    .isInstanceOfSatisfying(
                            ScannerException.class,
                            e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.DEVICE_FAULT))
                    .hasMessageContainingAll(text, "readout 5", "scan again");
            assertThat(delivered).containsExactly(0, 1, 2, 3, 4);
            assertThat(scanner.outputs()).isEqualTo(OutputState.SAFE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "x:1", "-1:2", "1:2:3"})
    void aLostSampleThatCannotBeReadIsRefused(String text) {
        assertThatThrownBy(() -> ScannerProfile.builtIn("ideal", Map.of("faults.loseSample", text)))
                .isInstanceOf(ProfileFormatException.class)
                .hasMessageContaining("faults.loseSample");
    }

    @Test
    void allTogetherTheSamplesDoNotDependOnTheNumberOfThreads() {
        Imperfections all = with(Map.of(
                "receive.channels", "8",
                "receive.noise", "0.1",
                "receive.noiseCorrelation", "0.3",
                "receive.noiseFigureDecibels", "1",
                "receive.mainsNoise", "0.1",
                "receive.interference", "[{offsetHertz: 1000, amplitude: 1, modulationDepth: 0.5}]",
                "receive.ringdownAmplitude", "100",
                "receive.ringdownSeconds", "2e-5",
                "faults.lostSamplesPerSample", "0.01"));
        try (VirtualScanner one = Experiment.scanner(BALL, all, 1);
                VirtualScanner three = Experiment.scanner(BALL, all, 3)) {
            Experiment reads = decay(0).read(Experiment.adc(64, 20e-6)).read(Experiment.adc(64, 20e-6));
            Result expected = Experiment.collect(one, reads.table());
            Result found = Experiment.collect(three, reads.table());
            for (int i = 0; i < 3; i++) {
                assertThat(found.re().get(i)).isEqualTo(expected.re().get(i));
                assertThat(found.im().get(i)).isEqualTo(expected.im().get(i));
            }
        }
    }

    @Test
    void anAbortStopsManyChannelsAtOnce() throws Exception {
        Experiment reads = decay(0);
        for (int i = 0; i < 400; i++) {
            reads.read(Experiment.adc(64, 20e-6));
        }
        List<Integer> delivered = new ArrayList<>();
        try (VirtualScanner scanner = Experiment.scanner(BALL, with(Map.of("receive.channels", "32")), 2)) {
            RunOutcome outcome = scanner.run(reads.table(), (index, channels, samples, re, im) -> {
                delivered.add(index);
                scanner.abort();
            });
            assertThat(outcome).isEqualTo(RunOutcome.ABORTED);
            assertThat(delivered).containsExactly(0);
        }
    }
}
