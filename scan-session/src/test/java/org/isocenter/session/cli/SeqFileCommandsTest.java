package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.sequence.pulseq.PulseqFile;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code seq convert} in all versions, and soft delays of files set by name. */
class SeqFileCommandsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"1.2.1", "1.3.1", "1.4.2", "1.5.0", "1.5.1"})
    void everyTextVersionIsWritten(String version) throws IOException {
        Path out = folder.resolve("out.seq");
        Path in = SharedData.path("seq/v120_fid.seq");
        CommandRun run = CommandRun.of("seq", "convert", in, out, "--pulseq-version", version, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().get("version").asText()).isEqualTo(version);
        assertThat(run.json().get("binary").asBoolean()).isFalse();
        PulseqFile file = PulseqReader.read(out);
        assertThat(file.version()).isEqualTo(version);
        assertThat(file.sequence().durationPs())
                .isEqualTo(PulseqReader.read(in).sequence().durationPs());
    }

    @Test
    void aBinaryFileIsWrittenAndToldApartFromText() {
        Path out = folder.resolve("named.seq");
        Path in = SharedData.path("seq/gen151_epi_label_softdelay.seq");
        CommandRun run = CommandRun.of("seq", "convert", in, out, "--binary");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Pulseq 1.5.2 binary, 442 blocks, 3.000 s");
        assertThat(CommandRun.of("seq", "info", out).out()).contains("Pulseq 1.5.2 binary, signature valid");
        JsonNode info = CommandRun.of("seq", "info", out, "--json").json();
        assertThat(info.get("version").asText()).isEqualTo("1.5.2");
        assertThat(info.get("binary").asBoolean()).isTrue();
        assertThat(info.get("signature").asText()).isEqualTo("valid");
    }

    @Test
    void whatWouldBeLostIsRefusedInOneLineAndNothingIsWritten() {
        Path out = folder.resolve("out.seq");
        Path in = SharedData.path("seq/gen151_radial_rotext.seq");
        CommandRun run = CommandRun.of("seq", "convert", in, out, "--pulseq-version", "1.4.2");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine())
                .startsWith("isocenter: Pulseq 1.4.2 cannot hold rotations (")
                .endsWith("gen151_radial_rotext.seq): write it as 1.5.1");
        assertThat(out).doesNotExist();
    }

    @Test
    void impossibleVersionsAreRefused() {
        Path in = SharedData.path("seq/v120_fid.seq");
        assertThat(CommandRun.of("seq", "convert", in, "-", "--pulseq-version", "9")
                        .errorLine())
                .contains("1.2.1, 1.3.1, 1.4.2, 1.5.0, 1.5.1 can, and 1.5.2 with --binary");
        CommandRun both = CommandRun.of("seq", "convert", in, "-", "--binary", "--pulseq-version", "1.4.2");
        assertThat(both.exitCode()).isEqualTo(2);
        assertThat(both.errorLine()).contains("leave out one of the two");
        assertThat(CommandRun.of("seq", "convert", in, "-", "--json").errorLine())
                .contains("name a file");
    }

    @Test
    void softDelaysAreListedWithRangeAndDefault() {
        Path file = SharedData.path("seq/v150_gre_softdelay.seq");
        assertThat(CommandRun.of("seq", "info", file).out())
                .contains(
                        "soft delay TE 4.2 ms, 4.19 ms to 8 ms (--set TE=…)",
                        "soft delay TR 16.19 ms, at least 12.5 ms");
        JsonNode delays = CommandRun.of("seq", "info", file, "--json").json().get("softDelays");
        assertThat(delays.findValuesAsText("name")).containsExactly("TE", "TR");
        assertThat(delays.at("/0/value").asDouble()).isCloseTo(0.0042, within(1e-9));
        assertThat(delays.at("/0/max").asDouble()).isCloseTo(0.008, within(1e-9));
        assertThat(delays.at("/1/max").isNull()).isTrue();
    }

    @Test
    void aSoftDelayReTimesEveryCommandOnAFile() throws IOException {
        Path file = SharedData.path("seq/v150_gre_softdelay.seq");
        JsonNode before = CommandRun.of("seq", "info", file, "--json").json();
        JsonNode after =
                CommandRun.of("seq", "info", file, "--json", "--set", "TE=5ms").json();
        assertThat(after.at("/TE/0").asDouble() - before.at("/TE/0").asDouble()).isCloseTo(0.0008, within(1e-6));
        Path out = folder.resolve("longer.seq");
        CommandRun run = CommandRun.of("seq", "convert", file, out, "--set", "TE=5ms", "--set", "TR=40ms");
        assertThat(run.exitCode()).as(run.err()).isZero();
        PulseqFile written = PulseqReader.read(out);
        assertThat(written.signature()).isEqualTo(PulseqFile.Signature.VALID);
        assertThat(CommandRun.of("seq", "info", out, "--json")
                        .json()
                        .at("/softDelays/1/value")
                        .asDouble())
                .isCloseTo(0.040, within(1e-9));
        assertThat(CommandRun.of("seq", "trajectory", file, "--out", "-", "--set", "TE=5ms")
                        .exitCode())
                .isZero();
        assertThat(CommandRun.of("seq", "check", file, "--system", "clinical-example", "--set", "TE=5ms")
                        .exitCode())
                .isLessThan(2);
    }

    @Test
    void impossibleSettingsAreRefusedWithWhatIsAllowed() {
        Path file = SharedData.path("seq/v150_gre_softdelay.seq");
        CommandRun tooShort = CommandRun.of("seq", "check", file, "--set", "TE=0.1ms");
        assertThat(tooShort.exitCode()).isEqualTo(2);
        assertThat(tooShort.errorLine()).contains("soft delay 'TE' cannot be 0.1 ms: 4.19 ms to 8 ms");
        assertThat(CommandRun.of("seq", "info", file, "--set", "TI=1ms").errorLine())
                .contains("the sequence has TE, TR");
        assertThat(CommandRun.of("seq", "info", file, "--set", "TE=15").errorLine())
                .contains("needs a unit");
        assertThat(CommandRun.of("seq", "info", file, "--set", "TE").errorLine())
                .contains("sets nothing");
        CommandRun scan = CommandRun.of("scan", file, "--out", folder.resolve("scan"), "--set", "FA=3ms");
        assertThat(scan.exitCode()).isEqualTo(2);
        assertThat(scan.errorLine()).contains("no soft delay 'FA'");
    }

    @Test
    void aScanOfAReTimedFileKeepsWhatRan() throws IOException {
        Path file = folder.resolve("delay.seq");
        Files.writeString(
                file,
                "[VERSION]\nmajor 1\nminor 5\nrevision 0\n[DEFINITIONS]\nGradientRasterTime 1e-5\n"
                        + "RadiofrequencyRasterTime 1e-6\nAdcRasterTime 1e-7\nBlockDurationRaster 1e-5\n"
                        + "[BLOCKS]\n1 50 1 0 0 0 0 0\n2 100 0 0 0 0 0 1\n3 700 0 0 0 0 1 0\n"
                        + "[RF]\n1 1000 1 0 2 125 100 0 0 0 0 e\n[ADC]\n1 64 100000 100 0 0 0 0 0\n"
                        + "[EXTENSIONS]\n1 1 1 0\nextension DELAYS 1\n1 0 0 1 TD\n"
                        + "[SHAPES]\nshape_id 1\nnum_samples 2\n1\n1\nshape_id 2\nnum_samples 2\n0\n250\n");
        Path out = folder.resolve("scan");
        CommandRun run = CommandRun.of(
                "scan", file, "--out", out, "--phantom", "bottle", "--seed", "1", "--set", "TD=3ms", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/sequence/parameters/TD").asDouble()).isEqualTo(0.003);
        assertThat(PulseqReader.read(out.resolve("sequence.seq")).sequence().durationPs())
                .isEqualTo(10_500_000_000L);
    }
}
