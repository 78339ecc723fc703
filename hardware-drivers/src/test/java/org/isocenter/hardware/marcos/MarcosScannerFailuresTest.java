package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails on a MaRCoS console: it is named, and the outputs are safe. */
@Timeout(60)
class MarcosScannerFailuresTest extends ScriptedScans {
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
