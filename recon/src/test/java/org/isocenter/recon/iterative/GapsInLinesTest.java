package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.recon.layout.ArrayScan;
import org.isocenter.recon.layout.NpyFile;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapsInLinesTest {
    private static final int SIZE = 32;
    private static final int CALIBRATION = 8;

    @TempDir
    Path folder;

    /** Which points of k-space were measured. */
    private interface Measured {
        boolean at(int x, int y);
    }

    @Test
    void pointsThatAreLeftOutBetweenOthersAreSeenAndSolvedFor() throws Exception {
        RawData raw = raw((x, y) -> x % 2 == 0 && y % 2 == 0 || isMiddle(x) && isMiddle(y));
        assertThat(IrregularSampling.is(raw)).isTrue();
        Reconstruction.Result result = new StandardReconstruction().reconstruct(raw, () -> false);
        assertThat(result.chains())
                .singleElement()
                .satisfies(chain -> assertThat(chain.name()).isEqualTo("compressed-sensing"));
    }

    @Test
    void wholeLinesAndPartialEchoesHaveNoGaps() throws Exception {
        assertThat(IrregularSampling.is(raw((x, y) -> true))).isFalse();
        assertThat(IrregularSampling.is(raw((x, y) -> x >= SIZE / 3))).isFalse();
        assertThat(IrregularSampling.is(raw((x, y) -> y % 2 == 0))).isFalse();
    }

    private static boolean isMiddle(int at) {
        return Math.abs(at - SIZE / 2) < CALIBRATION / 2;
    }

    private RawData raw(Measured measured) throws Exception {
        float[] values = new float[2 * SIZE * SIZE];
        for (int i = 0; i < values.length; i++) {
            int x = i % SIZE;
            int y = i / SIZE % SIZE;
            double distance = Math.hypot(x - SIZE / 2.0, y - SIZE / 2.0);
            values[i] = measured.at(x, y) ? (float) (1 / (1 + distance)) * (1 + i / (SIZE * SIZE)) : 0;
        }
        Path file = folder.resolve("k.npy");
        NpyFile.write(file, new int[] {2, SIZE, SIZE}, values, values);
        return ArrayReader.read(ArrayFile.need(file), ArrayScan.UNTOLD).raw();
    }
}
