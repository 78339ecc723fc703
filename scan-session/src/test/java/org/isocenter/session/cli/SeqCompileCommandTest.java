package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeqCompileCommandTest {
    @TempDir
    Path folder;

    private Path sequence;
    private Path out;

    @BeforeEach
    void generate() {
        sequence = folder.resolve("gre.seq");
        out = folder.resolve("out.bin");
        CommandRun.of("seq", "generate", "gre2d", "--system", "osi2one", "--set", "matrixPhase=8", "--out", sequence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ocra1", "gpa-fhdo"})
    void theSummaryCountsTheInstructionsInTheFile(String board) throws Exception {
        CommandRun run = CommandRun.of(
                "seq", "compile", sequence, "--target", "marga", "--board", board, "--out", out, "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("board").asText()).isEqualTo(board);
        assertThat(Files.size(out))
                .isEqualTo(4 * run.json().get("words").asLong())
                .isGreaterThan(1000);
    }

    @Test
    void theBoardsOptionsAreThoseOfAConsolesAddress() throws Exception {
        CommandRun run = CommandRun.of(
                "seq",
                "compile",
                sequence,
                "--target",
                "marga",
                "--board",
                "gpa-fhdo",
                "--option",
                "spi=9",
                "--option",
                "gradient=30,30,40",
                "--out",
                out,
                "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json().get("spiDivider").asInt()).isEqualTo(9);
        byte[] weaker = Files.readAllBytes(out);
        CommandRun.of(
                "seq",
                "compile",
                sequence,
                "--target",
                "marga",
                "--board",
                "gpa-fhdo",
                "--option",
                "spi=9",
                "--out",
                out,
                "--force");
        // Codes differ, and by them the few words that would change nothing.
        assertThat(Files.readAllBytes(out)).isNotEqualTo(weaker);
        assertThat(Files.size(out)).isBetween(weaker.length * 99L / 100, weaker.length * 101L / 100);
    }

    @Test
    void framesAreWrittenForTheEventStream() throws Exception {
        CommandRun run = CommandRun.of("seq", "compile", sequence, "--target", "stream", "--out", out, "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(Files.size(out)).isEqualTo(run.json().get("bytes").asLong());
        assertThat(run.json().get("events").asLong()).isGreaterThan(1000);
    }

    @Test
    void aSequenceBeyondTheLimitsIsRefusedAndNothingWritten() {
        CommandRun.of("seq", "generate", "gre2d", "--out", sequence, "--force");
        CommandRun run =
                CommandRun.of("seq", "compile", sequence, "--system", "tabletop", "--target", "stream", "--out", out);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.errorLine()).contains("tabletop", "block");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--target frob",
                "--target marga --board frob",
                "--target marga --option frob",
                "--target marga --option frob=1",
                "--target marga --option spi=frob"
            })
    void whatIsNotKnownIsNamed(String options) {
        String[] words = ("seq compile " + sequence + " --out " + out + " " + options).split(" ");
        CommandRun run = CommandRun.of((Object[]) words);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("frob");
        assertThat(out).doesNotExist();
    }
}
