package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.msgpack.value.Value;

/** Stopping a scan on a MaRCoS console, and simulations that are slow. */
@Timeout(60)
class MarcosScannerStopTest extends ScriptedScans {
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
}
