package org.isocenter.hardware.instrument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.Bench.Kind;
import org.isocenter.hardware.instrument.EmulatedInstrument.Fault;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every instrument against every fault of its line: asked again a known number of times, never for ever. */
@Timeout(60)
@Execution(ExecutionMode.CONCURRENT)
class InstrumentFaultsTest {
    private static final int FOREVER = 1_000_000;

    /** Something that an instrument is told. */
    private interface Action {
        void on(Instrument instrument) throws ScannerException;
    }

    /**
     * One question of an instrument.
     *
     * @param question how its request begins
     * @param attempts how often it may be asked
     */
    private record Case(Kind<?> kind, String question, int attempts, Action action) {
        @Override
        public String toString() {
            return kind + " '" + question + "'";
        }
    }

    private static final SarMonitor.Limits SAR_LIMITS = new SarMonitor.Limits(0.01, 0.005, 0.02);

    private static final List<Case> CASES = List.of(
            new Case(Bench.NANO_VNA, "scan", 2, i -> ((NetworkAnalyzer) i).sweep(1e6, 3e6, 11)),
            new Case(Bench.NANO_VNA_V2, "\u0018", 3, i -> ((NetworkAnalyzer) i).sweep(1e6, 3e6, 11)),
            new Case(Bench.LIBRE_VNA, "*ESR?", 3, i -> ((NetworkAnalyzer) i).sweep(1e6, 3e6, 11)),
            new Case(Bench.TUNER, "", 4, i -> ((Tuner) i).set(new Tuner.Setting(1, 2, 3), Tuner.Antenna.SCANNER)),
            new Case(Bench.ATTENUATOR, "", 4, i -> ((Attenuator) i).setGain(40)),
            new Case(Bench.BRIDGE, "GPA_VERB", 3, i -> gradient(i).enable()),
            new Case(Bench.SAR, "s", 3, i -> ((SarMonitor) i).stop()),
            new Case(Bench.SHIMS, "STC 0 ", 3, i -> ((ShimSupply) i).set(new double[64])),
            new Case(Bench.TABLE, "M114", 3, i -> ((PatientTable) i).positionMeters()));

    private static PowerAmplifier gradient(Instrument bridge) {
        return ((BarthelBridge) bridge).gradientAmplifier();
    }

    static Stream<Arguments> casesAndFaults() {
        List<Arguments> all = new ArrayList<>();
        for (Case each : CASES) {
            for (Fault fault : List.of(Fault.SILENCE, Fault.HALF, Fault.GARBAGE)) {
                // Binary records without a checksum cannot be told from garbage of the same length.
                if (each.kind() != Bench.NANO_VNA_V2 || fault != Fault.GARBAGE) {
                    all.add(Arguments.of(each, fault));
                }
            }
        }
        return all.stream();
    }

    static Stream<Case> cases() {
        return CASES.stream();
    }

    @ParameterizedTest
    @MethodSource("casesAndFaults")
    void oneFaultyAnswerIsAskedForAgain(Case each, Fault fault) throws ScannerException {
        try (Bench<?> bench = each.kind().open()) {
            bench.device().fail(fault, 1, each.question());
            each.action().on(bench.instrument());
            assertThat(bench.device().count(each.question())).isGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("casesAndFaults")
    void faultyAnswersWithoutEndEndInAnErrorAfterAKnownNumberOfQuestions(Case each, Fault fault)
            throws ScannerException {
        try (Bench<?> bench = each.kind().open(0.1)) {
            bench.device().fail(fault, FOREVER);
            assertThatThrownBy(() -> each.action().on(bench.instrument()))
                    .isInstanceOfSatisfying(
                            ScannerException.class,
                            e -> assertThat(e.kind())
                                    .isIn(ScannerException.Kind.TIMEOUT, ScannerException.Kind.PROTOCOL));
            assertThat(bench.device().count(each.question())).isEqualTo(each.attempts());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anUnpluggedDeviceIsReportedAtOnce(Case each) throws ScannerException {
        try (Bench<?> bench = each.kind().open(1)) {
            bench.device().fail(Fault.CUT, 1);
            assertThatThrownBy(() -> each.action().on(bench.instrument()))
                    .isInstanceOfSatisfying(
                            ScannerException.class,
                            e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.LINK_LOST));
            assertThatCode(bench.instrument()::close).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void closingFromAnotherThreadEndsAQuestionThatIsNotAnswered(Case each) throws ScannerException {
        try (Bench<?> bench = each.kind().open(2)) {
            bench.device().fail(Fault.SILENCE, 1, each.question());
            CompletableFuture<Throwable> question = CompletableFuture.supplyAsync(() -> failure(each, bench));
            awaitRequest(bench.device(), each.question());
            bench.instrument().close();
            assertThat(question.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(ScannerException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void interruptingTheThreadEndsAQuestionThatIsNotAnswered(Case each) throws Exception {
        try (Bench<?> bench = each.kind().open(2)) {
            bench.device().fail(Fault.SILENCE, 1, each.question());
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread asking = new Thread(() -> failure.complete(failure(each, bench)));
            asking.start();
            awaitRequest(bench.device(), each.question());
            asking.interrupt();
            assertThat(failure.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ScannerException.class)
                    .hasMessageContaining("interrupted");
        }
    }

    private static void awaitRequest(EmulatedInstrument device, String question) {
        while (device.count(question) == 0) {
            Thread.yield();
        }
    }

    private static Throwable failure(Case each, Bench<?> bench) {
        try {
            each.action().on(bench.instrument());
            return null;
        } catch (ScannerException e) {
            return e;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aDeviceThatSaysNothingAtAllIsNotOpened(Case each) throws ScannerException {
        if (each.kind() == Bench.TUNER || each.kind() == Bench.ATTENUATOR) {
            each.kind().open().close();
            return;
        }
        var link = org.isocenter.hardware.transport.MemoryTransport.pair("silent", 8192);
        assertThatThrownBy(() -> Instruments.open(each.kind().scheme(), link.near(), 0.02))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(ScannerException.Kind.TIMEOUT));
        assertThatThrownBy(() -> link.near().read(new byte[1], 0, 1, 0)).hasMessageContaining("closed");
    }
}
