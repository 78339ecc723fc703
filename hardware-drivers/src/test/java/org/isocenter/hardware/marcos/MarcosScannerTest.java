package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.SelfTestResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MarcosScannerTest extends ScriptedScans {
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
}
