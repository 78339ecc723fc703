package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.NpyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(OwnHome.class)
class ReconBatchTest {
    private static final int COLUMNS = 6;
    private static final int ROWS = 4;

    @TempDir
    Path folder;

    private Path three;
    private Path broken;
    private Path five;

    @BeforeEach
    void writeScans() throws Exception {
        three = scan("three.npy", 3);
        broken = Files.writeString(folder.resolve("broken.npy"), "no array");
        five = scan("five.npy", 5);
    }

    @Test
    void eachScanGetsItsImageAndABrokenOneIsToldWithoutKeepingTheOthers() throws Exception {
        CommandRun run = CommandRun.of("recon", three, broken, five, "--out", folder.resolve("images/{}.npy"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("broken.npy");
        assertThat(run.out()).contains("2 of 3 reconstructed");
        assertThat(image("images/three.npy")).containsOnly(3);
        assertThat(image("images/five.npy")).containsOnly(5);
        assertThat(folder.resolve("images").toFile().list()).containsExactlyInAnyOrder("three.npy", "five.npy");
    }

    @Test
    void programsGetOneDocumentWithTheAnswerToEach() {
        CommandRun run = CommandRun.of("recon", three, broken, five, "--json");
        assertThat(run.exitCode()).isEqualTo(2);
        JsonNode answer = run.json();
        assertThat(answer.path("done").asInt()).isEqualTo(2);
        assertThat(answer.path("of").asInt()).isEqualTo(3);
        JsonNode scans = answer.path("reconstructions");
        assertThat(scans.get(0).path("raw").asText()).isEqualTo(three.toString());
        assertThat(scans.get(0).path("result").path("images")).hasSize(1);
        assertThat(scans.get(1).path("error").asText()).contains("broken.npy");
        assertThat(scans.get(2).path("result").path("images")).hasSize(1);
    }

    @Test
    void aFolderHoldsAFolderForEachScan() {
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of("recon", three, five, "--out", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        for (String name : new String[] {"three", "five"}) {
            assertThat(out.resolve(name).resolve("report.json")).exists();
            assertThat(out.resolve(name).resolve("dicom")).isNotEmptyDirectory();
        }
    }

    @Test
    void whatWouldLieInOnePlaceIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path namesake = Files.createDirectory(folder.resolve("other")).resolve("three.npy");
        Files.copy(three, namesake);
        Path out = folder.resolve("out");
        CommandRun same = CommandRun.of("recon", five, three, namesake, "--out", out);
        assertThat(same.exitCode()).isEqualTo(2);
        assertThat(same.errorLine()).contains(three.toString(), namesake.toString());
        for (String one : new String[] {folder.resolve("image.npy").toString(), "-"}) {
            CommandRun array = CommandRun.of("recon", three, five, "--out", one);
            assertThat(array.exitCode()).isEqualTo(2);
            assertThat(array.errorLine()).contains(one, "{}");
        }
        CommandRun input = CommandRun.of("recon", three, "-", "--out", out);
        assertThat(input.exitCode()).isEqualTo(2);
        assertThat(input.errorLine()).contains("standard input");
        assertThat(out).doesNotExist();
        assertThat(folder.resolve("image.npy")).doesNotExist();
    }

    private float[] image(String name) throws Exception {
        return ArrayFile.need(folder.resolve(name)).read(null).real();
    }

    /** The magnitude of the image of one point of k-space is that of the point, everywhere. */
    private Path scan(String name, float value) throws Exception {
        float[] values = new float[ROWS * COLUMNS];
        values[ROWS / 2 * COLUMNS + COLUMNS / 2] = value;
        NpyFile.write(folder.resolve(name), new int[] {ROWS, COLUMNS}, values, new float[values.length]);
        return folder.resolve(name);
    }
}
