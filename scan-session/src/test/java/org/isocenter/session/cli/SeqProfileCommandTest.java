package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeqProfileCommandTest {
    @TempDir
    Path folder;

    @Test
    void aSequencesPulsesAreToldWithFlipAngleAndBandwidthAndWrittenPointByPoint() throws Exception {
        Path csv = folder.resolve("profile.csv");

        CommandRun run = CommandRun.of("seq", "profile", "irspec", "--set", "FA=60deg", "--out", csv, "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode pulses = run.json().at("/pulses");
        assertThat(pulses).hasSize(2);
        assertThat(pulses.at("/0/use").asText()).isEqualTo("inversion");
        assertThat(pulses.at("/0/bandwidthHertz").asDouble()).isCloseTo(2000, within(40.0));
        assertThat(pulses.at("/0/thickness").isNull()).isTrue();
        assertThat(pulses.at("/1/use").asText()).isEqualTo("excitation");
        assertThat(pulses.at("/1/flipAngle").asDouble()).isCloseTo(Math.PI / 3, within(1e-6));
        List<String> rows = Files.readAllLines(csv);
        assertThat(rows.get(0)).isEqualTo("pulse,f_Hz,z_m,mx,my,mz,refocused");
        String[] middle = rows.get(1 + 801 + 400).split(",");
        assertThat(middle[0]).isEqualTo("2");
        assertThat(Double.parseDouble(middle[1])).isZero();
        assertThat(Double.parseDouble(middle[5])).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void aSelectedSliceIsToldInMillimetres() {
        CommandRun run = CommandRun.of("seq", "profile", "gre2d", "--out", folder.resolve("p.csv"));

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).containsPattern("pulse 1, excitation, .* bandwidth [0-9.]+ Hz, slice [0-9.]+ mm");
        assertThat(CommandRun.of("seq", "profile", "gre2d", "--out", folder.resolve("p.csv"))
                        .exitCode())
                .as("an existing file is kept")
                .isEqualTo(2);
    }

    @Test
    void whatIsNeitherFileNorSequenceIsRefused() {
        assertThat(CommandRun.of("seq", "profile", "nothing", "--out", "-").errorLine())
                .contains("no such sequence (nothing)");
        assertThat(CommandRun.of("seq", "profile", "nothing.seq", "--out", "-").errorLine())
                .contains("no such file");
    }
}
