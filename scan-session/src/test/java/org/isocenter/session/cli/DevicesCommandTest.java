package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.isocenter.hardware.transport.TcpListener;
import org.isocenter.hardware.transport.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DevicesCommandTest {
    private static final String TRIPPED = "virtual:ideal?phantom=bottle&interlock=door";

    @RegisterExtension
    final OwnHome home = new OwnHome();

    @TempDir
    Path folder;

    @Test
    void kindsOfScannersAndSerialPortsAreListed() {
        CommandRun run = CommandRun.of("devices");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("virtual:osi2one", "nanovna:", "Serial ports:");
        JsonNode document = CommandRun.of("devices", "--json").json();
        assertThat(document.get("schemes").toString()).contains("virtual");
        assertThat(document.get("ports").isArray()).isTrue();
    }

    @Test
    void aScannerThatAnswersTellsWhatItIsAndHowLongAStopTakes() {
        CommandRun run = CommandRun.of("devices", "virtual:ideal?phantom=bottle");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains(": ready", "a stop takes effect at once, within", "self-test:");
        JsonNode document = CommandRun.of("devices", "virtual:ideal?phantom=bottle", "--json")
                .json();
        assertThat(document.fieldNames())
                .toIterable()
                .contains("uri", "description", "firmware", "link", "state", "stop", "interlocks", "selfTest");
        assertThat(document.at("/stop/seconds").asDouble()).isPositive();
    }

    @Test
    void aGoalThatIsNoReflectionAndAFrequencyWithoutUnitAreRefusedBeforeAnInstrumentIsOpened() {
        for (String goal : List.of("20dB", "-20", "low")) {
            CommandRun run =
                    CommandRun.of("tune", "marge-tuner://x", "nanovna://x", "--frequency", "3MHz", "--goal=" + goal);
            assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT);
            assertThat(run.errorLine()).contains("'" + goal + "'", "write e.g. -20dB");
        }
        CommandRun run = CommandRun.of("tune", "marge-tuner://x", "nanovna://x", "--frequency", "3");
        assertThat(run.exitCode()).isEqualTo(ExitCode.INPUT);
        assertThat(run.errorLine()).contains("needs a unit");
    }

    @Test
    void anInstrumentThatAnswersTellsWhatItIs() throws Exception {
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            CompletableFuture<Void> device = CompletableFuture.runAsync(() -> answerAsLibreVna(listener));
            CommandRun run = CommandRun.of("devices", "librevna://127.0.0.1:" + listener.port(), "--json");
            assertThat(run.exitCode()).isZero();
            assertThat(run.json().get("firmware").asText()).isEqualTo("LibreVNA,LibreVNA-GUI,7,1.6.0");
            assertThat(run.json().get("state").asText()).isEqualTo("ready");
            assertThat(run.json().at("/selfTest/0/outcome").asText()).isEqualTo("PASS");
            device.join();
        }
    }

    private static void answerAsLibreVna(TcpListener listener) {
        try (Transport link = listener.accept(20_000)) {
            byte[] buffer = new byte[100];
            for (int count = link.read(buffer, 0, 100, 20_000); count > 0; count = link.read(buffer, 0, 100, 20_000)) {
                boolean ident = new String(buffer, 0, count, StandardCharsets.US_ASCII).startsWith("*IDN?");
                byte[] answer = (ident ? "LibreVNA,LibreVNA-GUI,7,1.6.0\n" : "7\n").getBytes(StandardCharsets.US_ASCII);
                link.write(answer, 0, answer.length, 5000);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aFailedSelfTestIsExitCodeOne() {
        CommandRun run = CommandRun.of("devices", "fake:unwell");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("self-test failed", "FAIL  supply 4.1 V (limit 4.5 V): low", "-     temperature: no sensor");
        JsonNode tests =
                CommandRun.of("devices", "fake:unwell", "--json").json().get("selfTest");
        assertThat(tests.at("/0/outcome").asText()).isEqualTo("FAIL");
        assertThat(tests.at("/1/value").isNull()).isTrue();
    }

    @Test
    void anInterlockIsShownAndNothingRunsUntilItIsAcknowledged() {
        CommandRun probe = CommandRun.of("devices", TRIPPED);
        assertThat(probe.exitCode()).isEqualTo(1);
        assertThat(probe.out()).contains("interlocked", "interlock latched since", "door", "--acknowledge");
        CommandRun scan = CommandRun.of(
                "scan", "fid", "--device", "virtual:ideal?phantom=bottle", "--out", folder.resolve("refused"));
        assertThat(scan.exitCode()).isEqualTo(4);
        assertThat(scan.errorLine()).contains("an interlock is latched (door", "--acknowledge");
        CommandRun tooEarly = CommandRun.of("devices", TRIPPED, "--acknowledge");
        assertThat(tooEarly.exitCode()).isEqualTo(4);
        assertThat(tooEarly.errorLine()).contains("its cause is still there");
        CommandRun mended = CommandRun.of("devices", "virtual:ideal", "--acknowledge", "--json");
        assertThat(mended.exitCode()).isZero();
        assertThat(mended.json().at("/acknowledged/0/kind").asText()).isEqualTo("DOOR");
        assertThat(CommandRun.of("devices", "virtual:ideal", "--acknowledge").out())
                .contains("no interlock was latched");
        assertThat(CommandRun.of(
                                "scan",
                                "fid",
                                "--device",
                                "virtual:ideal?phantom=bottle",
                                "--out",
                                folder.resolve("out"))
                        .exitCode())
                .isZero();
    }

    @Test
    void acknowledgingNeedsAnAddress() {
        CommandRun run = CommandRun.of("devices", "--acknowledge");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("isocenter devices URI --acknowledge");
    }
}
