package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.LibraryTables;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.value.Value;

@Timeout(60)
class MarcosScannerTest {
    private static final EventTable TABLE =
            LibraryTables.table("gre2d", Map.of("matrixPhase", 6.0, "dummies", 2.0), "osi2one");
    private static final int LINES = TABLE.adcWindows();
    /** Runs before the first with a window. */
    private static final int DUMMIES = firstWithWindow(MargaSettings.of(TABLE.limits(), GradientBoard.OCRA1))
            .number();

    private final ScriptedConsole console = new ScriptedConsole();
    private final List<Integer> windows = new ArrayList<>();
    private final ReadoutSink sink = (index, channels, samples, real, imaginary) -> windows.add(index);

    private MarcosScanner scanner(String options) throws ScannerException {
        return new MarcosScanner(
                MarcosAddress.parse(URI.create("marcos://scripted?timeout=2&patience=5" + options)), console);
    }

    private MarcosScanner impatientScanner(double seconds) throws ScannerException {
        return new MarcosScanner(
                MarcosAddress.parse(URI.create("marcos://scripted?patience=0.1&timeout=" + seconds)), console);
    }

    private static MargaRun firstWithWindow(MargaSettings settings) {
        try {
            MargaRuns runs = new MargaRuns(TABLE, settings, new RunLimits(0.005, 0, 0.1, 2 * 98_304, 1 << 17));
            MargaRun run = runs.next();
            while (run.windows().isEmpty()) {
                run = runs.next();
            }
            return run;
        } catch (UncompilableTableException e) {
            throw new AssertionError(e);
        }
    }

    /** Windows of the first runs that have some, so many of them. */
    private static int windowsOf(int runs) {
        try {
            MargaSettings settings = MargaSettings.of(TABLE.limits(), GradientBoard.OCRA1);
            MargaRuns all = new MargaRuns(TABLE, settings, new RunLimits(0.005, 0, 0.1, 2 * 98_304, 1 << 17));
            int count = 0;
            for (int run = 0; run < DUMMIES + runs; run++) {
                count += all.next().windows().size();
            }
            return count;
        } catch (UncompilableTableException e) {
            throw new AssertionError(e);
        }
    }

    private static Integer[] firstWindows(int count) {
        Integer[] all = new Integer[count];
        Arrays.setAll(all, i -> i);
        return all;
    }

    @ParameterizedTest
    @EnumSource(GradientBoard.class)
    void everyWindowComesInOrderAndTheConsoleIsSafeAfterwards(GradientBoard board) throws Exception {
        try (MarcosScanner scanner = scanner("&board=" + board.label())) {
            assertThat(scanner.description()).contains("scripted:11111", "osi2one", board.label(), "simulation");
            assertThat(scanner.firmware()).isEqualTo("marcos_server 1.0.5");
            assertThat(scanner.stopLatency().seconds()).isNaN();
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.COMPLETED);
        }
        assertThat(windows).containsExactly(firstWindows(LINES));
        assertThat(console.isSafe()).isTrue();
        assertThat(console.commands).startsWith("are_you_real", "regstatus", "halt_and_reset");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulation", "hardware"})
    void onlySimulatedCoilsAreBentAsTheProfileSays(String reality) throws Exception {
        console.reality = reality;
        try (MarcosScanner scanner = scanner("&exchange=0.003&oversample=4")) {
            assertThat(scanner.gradientHarmonics().isNone()).isEqualTo(reality.equals("hardware"));
        }
    }

    @Test
    void whatIsAnnouncedIsWhatIsRun() throws Exception {
        try (MarcosScanner scanner = scanner("")) {
            scanner.run(TABLE, sink);
        }
        assertThat(console.runs).hasSizeGreaterThan(2).containsExactlyElementsOf(console.announced);
        int first = console.commands.indexOf("run_seq");
        assertThat(console.commands.subList(0, first).stream().filter("announce"::equals))
                .hasSize(console.announced.size() + 1);
    }

    @Test
    void aServerThatKnowsNoAnnouncementsIsAskedOnce() throws Exception {
        console.knowsAnnouncements = false;
        try (MarcosScanner scanner = scanner("")) {
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.COMPLETED);
        }
        assertThat(console.commands.stream().filter("announce"::equals)).hasSize(1);
        assertThat(windows).hasSize(LINES);
    }

    @Test
    void samplesAreScaledAndDemodulated() throws Exception {
        List<float[]> real = new ArrayList<>();
        List<float[]> imaginary = new ArrayList<>();
        try (MarcosScanner scanner = scanner("&receive=2")) {
            scanner.run(TABLE, (index, channels, samples, re, im) -> {
                real.add(re.clone());
                imaginary.add(im.clone());
            });
        }
        MargaRun run = firstWithWindow(MargaSettings.of(TABLE.limits(), GradientBoard.OCRA1));
        ReceiveWindow window = run.windows().get(0);
        assertThat(window.exact()).isTrue();
        double bits = 6 * Math.log(4096.0 / window.decimation()) / Math.log(2);
        double scale = 2 * Math.pow(2, bits - Math.floor(bits)) / (1 << 24) * 256;
        for (int n : new int[] {0, 1, window.samples() - 1}) {
            double seconds = (n + 0.5) * window.dwellClocks() / MargaCompiler.CLOCK_HERTZ;
            double radians = 2 * Math.PI * window.frequencyHertz() * seconds + window.phaseRadians();
            double i = scale * (1000 + n);
            double q = 2 * i;
            // (i + iq)·e^(i·radians)
            assertThat((double) real.get(0)[n])
                    .isCloseTo(i * Math.cos(radians) - q * Math.sin(radians), within(1e-6 * scale * 3000));
            assertThat((double) imaginary.get(0)[n])
                    .isCloseTo(i * Math.sin(radians) + q * Math.cos(radians), within(1e-6 * scale * 3000));
        }
    }

    @Test
    void aServerThatDiesAtTheFirstRegisterHasNoBitstream() {
        console.answers.put("regstatus", (argument, out) -> {
            throw new ScriptedConsole.Cut();
        });
        assertThatThrownBy(() -> scanner(""))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DEVICE_FAULT))
                .hasMessageContaining("bitstream is not loaded");
    }

    @Test
    void aConsoleThatSomebodyElseHoldsIsNamedSo() {
        console.answers.put("are_you_real", (argument, out) -> {});
        assertThatThrownBy(() -> impatientScanner(0.1))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TIMEOUT))
                .hasMessageContaining("another client holds it");
    }

    @Test
    void aServerOfAnotherMajorVersionIsRefused() {
        console.answers.put(
                "are_you_real",
                (argument, out) -> out.reply(
                        "are_you_real",
                        p -> p.packString("hardware"),
                        Map.of(
                                "errors",
                                List.of("Client version 1.0.5 significantly different from server version 2.0.0"))));
        assertThatThrownBy(() -> scanner(""))
                .isInstanceOfSatisfying(
                        ScannerException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                .hasMessageContaining("server version 2.0.0");
    }

    private void onRun(int number, ScriptedConsole.Answer answer) {
        console.answers.put("run_seq", (argument, out) -> {
            if (console.runs.size() == DUMMIES + number) {
                answer.to(argument, out);
            } else {
                console.answer("run_seq", argument, out);
            }
        });
    }

    private ScannerException failure(MarcosScanner scanner) {
        try {
            scanner.run(TABLE, sink);
        } catch (ScannerException e) {
            return e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("the scan did not fail");
    }

    @Test
    void anErrorOfTheServerEndsTheScanAfterTheWindowsBeforeIt() throws Exception {
        onRun(
                3,
                (argument, out) -> console.run(
                        argument.asBinaryValue().asByteArray(),
                        -1,
                        Map.of("errors", List.of("output buffers overflowed during sequence: 0x00000002")),
                        out));
        try (MarcosScanner scanner = scanner("")) {
            ScannerException failure = failure(scanner);
            assertThat(failure.kind()).isEqualTo(Kind.DEVICE_FAULT);
            assertThat(failure)
                    .hasMessageContaining("run_seq (run " + (DUMMIES + 3) + ")")
                    .hasMessageContaining("overflowed");
            assertThat(console.isSafe()).isTrue();
            int lastRun = console.commands.lastIndexOf("run_seq");
            assertThat(console.commands.subList(lastRun, console.commands.size()))
                    .contains("halt_and_reset", "direct", "regstatus", "read_rx");
            windows.clear();
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.COMPLETED);
            assertThat(windows).hasSize(LINES);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void lostAndSurplusSamplesAreNotTakenForGood(int extra) throws Exception {
        onRun(2, (argument, out) -> console.run(argument.asBinaryValue().asByteArray(), extra, Map.of(), out));
        try (MarcosScanner scanner = scanner("")) {
            ScannerException failure = failure(scanner);
            assertThat(failure.kind()).isEqualTo(Kind.DEVICE_FAULT);
            assertThat(failure)
                    .hasMessageContaining("ADC window " + windowsOf(2))
                    .hasMessageContaining("samples");
        }
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void aLostLinkIsMadeAgainToReachTheSafeState() throws Exception {
        onRun(2, (argument, out) -> {
            throw new ScriptedConsole.Cut();
        });
        try (MarcosScanner scanner = scanner("")) {
            assertThat(failure(scanner).kind()).isEqualTo(Kind.LINK_LOST);
            assertThat(console.connections).hasValue(2);
            assertThat(console.isSafe()).isTrue();
            assertThat(windows).containsExactly(firstWindows(windowsOf(1)));
        }
    }

    @Test
    void aConsoleThatIsGoneLeavesItsOutputsUnknown() throws Exception {
        onRun(2, (argument, out) -> {
            console.refusesConnections = true;
            throw new ScriptedConsole.Cut();
        });
        try (MarcosScanner scanner = scanner("")) {
            ScannerException failure = failure(scanner);
            assertThat(failure.kind()).isEqualTo(Kind.LINK_LOST);
            assertThat(failure).hasMessageContaining("NOT known").hasMessageContaining("emergency stop");
        }
    }

    @Test
    void anAnswerThatIsNoneClosesTheConnection() throws Exception {
        // As the real server answers known and unknown commands together.
        byte[] spilt = {
            (byte) 0x96,
            (byte) 0xcc,
            (byte) 0x80,
            1,
            0,
            (byte) 0xce,
            0,
            1,
            0,
            5,
            (byte) 0x80,
            (byte) 0xa1,
            'U',
            (byte) 0xff
        };
        onRun(2, (argument, out) -> out.raw(spilt));
        try (MarcosScanner scanner = scanner("")) {
            assertThat(failure(scanner).kind()).isEqualTo(Kind.PROTOCOL);
        }
        assertThat(console.connections).hasValue(2);
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void aSilentConsoleIsGivenUp() throws Exception {
        onRun(1, (argument, out) -> {});
        try (MarcosScanner scanner = impatientScanner(0.2)) {
            // Sixty times a run's length is little here.
            assertThat(failure(scanner).kind()).isEqualTo(Kind.TIMEOUT);
        }
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void anAbortTakesEffectAtTheEndOfTheRun() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch aborted = new CountDownLatch(1);
        onRun(2, (argument, out) -> {
            running.countDown();
            aborted.await();
            console.answer("run_seq", argument, out);
        });
        try (MarcosScanner scanner = scanner("")) {
            Thread stopper = new Thread(() -> {
                try {
                    running.await();
                } catch (InterruptedException e) {
                    return;
                }
                scanner.abort();
                aborted.countDown();
            });
            stopper.start();
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.ABORTED);
            stopper.join();
        }
        assertThat(console.runs).hasSize(DUMMIES + 2);
        assertThat(windows).containsExactly(firstWindows(windowsOf(2)));
        assertThat(console.isSafe()).isTrue();
    }

    /** Nothing is answered any more until the state has been asked for twice: at the begin and the end of a packet. */
    private void holdAnswersToAPacket() {
        List<Map.Entry<String, Value>> held = new ArrayList<>();
        List<String> commands = List.of("halt_and_reset", "direct", "test_bus", "regstatus");
        for (String command : commands) {
            console.answers.put(command, (argument, out) -> {
                held.add(Map.entry(command, argument));
                if (held.stream()
                                .filter(each -> each.getKey().equals("regstatus"))
                                .count()
                        == 2) {
                    for (Map.Entry<String, Value> each : held) {
                        console.answer(each.getKey(), each.getValue(), out);
                    }
                    commands.forEach(console.answers::remove);
                }
            });
        }
    }

    @ParameterizedTest
    @EnumSource(GradientBoard.class)
    void aStopMakesAllSafeWithoutWaitingForAnswersAndBeforeTheLastReadoutsAreHandedOn(GradientBoard board)
            throws Exception {
        List<Boolean> safe = new ArrayList<>();
        try (MarcosScanner scanner = scanner("&board=" + board.label())) {
            console.knowsAnnouncements = false;
            onRun(2, (argument, out) -> {
                scanner.abort();
                holdAnswersToAPacket();
                console.answer("run_seq", argument, out);
                console.buffers[MargaBuffer.GATES_LEDS] = 1;
            });
            assertThat(scanner.run(TABLE, (index, channels, samples, re, im) -> safe.add(console.isSafe())))
                    .isEqualTo(RunOutcome.ABORTED);
        }
        assertThat(safe).hasSize(windowsOf(2)).endsWith(true);
        int last = console.commands.lastIndexOf("run_seq");
        assertThat(console.commands.subList(last + 1, console.commands.size()))
                .startsWith("halt_and_reset", "regstatus", "direct", "direct", "direct", "direct", "direct")
                .contains("test_bus", "read_rx");
    }

    @Test
    void wordsThatTheGradientBoardLostAreSentAgainOneAfterTheOther() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (MarcosScanner scanner = scanner("")) {
            console.answers.put("regstatus", (argument, out) -> {
                int faults = asked.incrementAndGet() == 2 ? 1 : 0;
                out.reply("regstatus", p -> ScriptedConsole.status(p, faults), Map.of());
            });
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.COMPLETED);
            int last = console.commands.lastIndexOf("run_seq");
            assertThat(console.commands.subList(last, console.commands.size())).contains("regrd");
        }
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void anAbortedSimulationThatComputesForLongIsLeft() throws Exception {
        CountDownLatch computing = new CountDownLatch(1);
        onRun(1, (argument, out) -> computing.countDown());
        try (MarcosScanner scanner = impatientScanner(0.5)) {
            Thread stopper = new Thread(() -> {
                try {
                    computing.await();
                } catch (InterruptedException e) {
                    return;
                }
                scanner.abort();
            });
            stopper.start();
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.ABORTED);
            stopper.join();
        }
        assertThat(console.connections).hasValue(2);
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void aSimulationThatIsSlowIsToldToBeAliveAsLongAsItGoesOn() throws Exception {
        AtomicInteger signs = new AtomicInteger();
        console.answers.put("computing", (argument, out) -> {
            int sign = signs.incrementAndGet();
            // Each sign twice, then the samples of the first run are there.
            int told = sign > 6 ? 0 : (sign + 1) / 2;
            out.reply("computing", p -> p.packInt(told), Map.of());
        });
        List<Integer> alive = new ArrayList<>();
        try (MarcosScanner scanner = scanner("")) {
            assertThat(scanner.run(TABLE, new ReadoutSink() {
                        @Override
                        public void readout(int index, int channels, int samples, float[] real, float[] imaginary) {}

                        @Override
                        public void played(double seconds) {
                            if (console.runs.isEmpty()) {
                                alive.add(signs.get());
                            }
                        }
                    }))
                    .isEqualTo(RunOutcome.COMPLETED);
        }
        assertThat(alive).containsExactly(1, 3, 5);
    }

    @Test
    void aSimulationThatNoLongerGoesOnIsGivenUp() throws Exception {
        console.answers.put("computing", (argument, out) -> out.reply("computing", p -> p.packInt(7), Map.of()));
        try (MarcosScanner scanner =
                new MarcosScanner(MarcosAddress.parse(URI.create("marcos://scripted?patience=0.05")), console)) {
            assertThat(failure(scanner))
                    .hasMessageContaining("the simulation of run 1 has not gone on for 0.05 s")
                    .extracting(ScannerException::kind)
                    .isEqualTo(Kind.TIMEOUT);
        }
        assertThat(console.runs).isEmpty();
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void anAbortDoesNotWaitForASimulation() throws Exception {
        AtomicInteger signs = new AtomicInteger();
        try (MarcosScanner scanner = scanner("")) {
            console.answers.put("computing", (argument, out) -> {
                if (signs.incrementAndGet() == 3) {
                    scanner.abort();
                }
                out.reply("computing", p -> p.packInt(signs.get()), Map.of());
            });
            assertThat(scanner.run(TABLE, sink)).isEqualTo(RunOutcome.ABORTED);
        }
        assertThat(console.runs).isEmpty();
        assertThat(console.connections).as("the same connection").hasValue(1);
        assertThat(console.isSafe()).isTrue();
    }

    @Test
    void aSinkThatFailsMakesTheConsoleSafe() throws Exception {
        try (MarcosScanner scanner = scanner("")) {
            assertThatThrownBy(() -> scanner.run(TABLE, (index, channels, samples, real, imaginary) -> {
                        throw new IOException("disk full");
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessage("disk full");
            assertThat(console.isSafe()).isTrue();
            assertThat(console.connections).hasValue(1);
        }
    }

    @Test
    void aRunOnHardwareHasNoPauseAndItsReceiverIsWaitedFor() throws Exception {
        console.reality = "hardware";
        List<Integer> samples = new ArrayList<>();
        Set<Double> stopSeconds = new HashSet<>();
        try (MarcosScanner scanner = scanner("&exchange=0.003&oversample=4")) {
            assertThat(scanner.run(TABLE, (index, channels, count, real, imaginary) -> {
                        samples.add(count);
                        stopSeconds.add(scanner.stopLatency().seconds());
                    }))
                    .isEqualTo(RunOutcome.COMPLETED);
        }
        assertThat(console.announced).isEmpty();
        MargaSettings settings =
                MargaSettings.of(TABLE.limits(), GradientBoard.OCRA1).withReceiver(4, 3);
        MargaRun first = new MargaRuns(TABLE, settings, new RunLimits(0.003, 0, 0.1, 2 * 98_304, 1 << 17)).next();
        assertThat(console.runs.get(0))
                .isEqualTo(first.withoutPause().payload())
                .isNotEqualTo(first.payload());
        MargaRun withWindow = firstWithWindow(settings);
        // A repetition's pause is none to wait for.
        assertThat(stopSeconds)
                .hasSize(1)
                .allSatisfy(seconds ->
                        assertThat(seconds).isBetween(withWindow.withoutPause().seconds(), 0.6 * withWindow.seconds()));
        ReceiveWindow window = withWindow.windows().get(0);
        assertThat(window.received()).isEqualTo(4 * window.samples() + 3);
        assertThat(ScriptedConsole.received(console.runs.get(withWindow.number())))
                .isEqualTo(withWindow.received());
        assertThat(samples).hasSize(LINES).containsOnly(window.samples());
    }

    @Test
    void theSelfTestLooksAtEverythingThatCanBeSeen() throws Exception {
        console.reality = "hardware";
        // Just half of the converter's range: no current.
        console.answers.put("regrd", (argument, out) -> out.reply("regrd", p -> p.packInt(32000), Map.of()));
        try (MarcosScanner scanner = scanner("&board=gpa-fhdo")) {
            assertThat(scanner.selfTest())
                    .extracting(SelfTestResult::name)
                    .contains("answer time", "buffers empty", "gpa-fhdo board", "gradient current at rest");
            assertThat(scanner.selfTest())
                    .extracting(SelfTestResult::outcome)
                    .containsOnly(SelfTestResult.Outcome.PASS);
        }
    }

    @Test
    void aGradientThatStaysOnIsSeenWhereTheBoardReadsItBack() {
        console.reality = "hardware";
        console.answers.put("regrd", (argument, out) -> out.reply("regrd", p -> p.packInt(40000), Map.of()));
        assertThatThrownBy(() -> scanner("&board=gpa-fhdo"))
                .hasMessageContaining("was set to zero and reads 0.")
                .hasMessageContaining("of full scale");
    }

    @Test
    void warningsAreKeptOnceWhateverTheirNumbers() throws Exception {
        console.answers.put(
                "run_seq",
                (argument, out) -> console.run(
                        argument.asBinaryValue().asByteArray(),
                        0,
                        Map.of(
                                "warnings",
                                List.of("memory buffer low for " + console.runs.size() + " inner loop cycles")),
                        out));
        try (MarcosScanner scanner = scanner("")) {
            scanner.run(TABLE, sink);
            assertThat(scanner.warnings()).containsExactly("memory buffer low for # inner loop cycles");
        }
    }
}
