package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ComplexArray;
import org.isocenter.recon.layout.NpyFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrayOutputTest {
    private static final int COLUMNS = 6;
    private static final int ROWS = 4;

    @TempDir
    Path folder;

    private Path kspace;

    /** The image of the one point beside k = 0 has the magnitude of that point everywhere. */
    @BeforeEach
    void writeKSpaceOfOnePoint() throws Exception {
        kspace = folder.resolve("kspace.npy");
        float[] values = new float[2 * ROWS * COLUMNS];
        values[ROWS / 2 * COLUMNS + COLUMNS / 2 + 1] = 3;
        values[ROWS * COLUMNS + ROWS / 2 * COLUMNS + COLUMNS / 2] = 5;
        NpyFile.write(kspace, new int[] {2, ROWS, COLUMNS}, values, new float[values.length]);
    }

    @Test
    void anImageIsWrittenAsTheArrayThatItsNameSaysAndNothingElseIs() throws Exception {
        for (String name : new String[] {"image.npy", "image.cfl"}) {
            Path out = folder.resolve("new").resolve(name);
            CommandRun run = CommandRun.of("recon", kspace, "--layout", "slice,y,x", "--out", out);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out()).contains(name);
            ComplexArray image = ArrayFile.need(out).read(null);
            assertThat(image.shape())
                    .containsExactly(
                            name.endsWith("npy") ? new int[] {2, ROWS, COLUMNS} : new int[] {COLUMNS, ROWS, 2});
            assertThat(image.real()).startsWith(3, 3, 3).endsWith(5, 5, 5);
        }
        assertThat(folder.resolve("new").toFile().list())
                .containsExactlyInAnyOrder("image.npy", "image.cfl", "image.hdr");
    }

    @Test
    void severalVolumesBecomeNumberedArrays() throws Exception {
        CommandRun run =
                CommandRun.of("recon", kspace, "--layout", "contrast,y,x", "--out", folder.resolve("echo.npy"));
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(ArrayFile.need(folder.resolve("echo_0.npy")).read(null).real())
                .startsWith(3, 3);
        assertThat(ArrayFile.need(folder.resolve("echo_1.npy")).read(null).real())
                .startsWith(5, 5);
    }

    @Test
    void anArrayThatIsThereIsReplacedOnlyByForce() {
        Path out = folder.resolve("image.npy");
        assertThat(CommandRun.of("recon", kspace, "--out", out).exitCode()).isZero();
        CommandRun again = CommandRun.of("recon", kspace, "--out", out);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errorLine()).contains("image.npy").contains("--force");
        assertThat(CommandRun.of("recon", kspace, "--out", out, "--force").exitCode())
                .isZero();
    }
}
