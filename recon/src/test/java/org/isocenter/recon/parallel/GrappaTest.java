package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrappaTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void missingLinesAreMadeOfTheirNeighbours(int step) {
        CoilPhantom phantom = new CoilPhantom(8, 64, 90, 1);
        ChannelGrid full = phantom.noisy(1e-5, 1);
        ChannelGrid part = TestGrids.keeping(full, y -> y % step == 1 || Math.abs(y - 45) < 12);
        float[] expected = TestGrids.magnitude(TestGrids.image(full));
        double folded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
        fill(part, Grappa.Settings.DEFAULT);
        double unfolded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
        System.out.println(step + " " + folded + " " + unfolded);
        assertThat(unfolded).isLessThan(0.15 * folded);
    }

    @Test
    void linesAndPartitionsMayBothBeMissing() {
        CoilPhantom phantom = new CoilPhantom(8, 40, 42, 40);
        ChannelGrid full = phantom.noisy(1e-5, 1);
        ChannelGrid part = TestGrids.keeping(full, row -> {
            int y = row % 42;
            int z = row / 42;
            return y % 2 == 0 && z % 2 == 0 || Math.abs(y - 21) < 10 && Math.abs(z - 20) < 10;
        });
        float[] expected = TestGrids.magnitude(TestGrids.image(full));
        double folded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
        long t = System.nanoTime();
        fill(part, Grappa.Settings.DEFAULT);
        System.out.println((System.nanoTime() - t) * 1e-9);
        double unfolded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
        System.out.println(folded + " " + unfolded);
        assertThat(unfolded).isLessThan(0.15 * folded);
    }

    private static void fill(ChannelGrid kspace, Grappa.Settings settings) {
        SamplingPattern pattern = SamplingPattern.of(kspace);
        ChannelGrid calibration =
                CalibrationRegion.find(kspace, kspace.sizeX(), 32, 32).cut(kspace);
        new Grappa(calibration, settings)
                .fill(kspace, pattern, Lattice.of(pattern).orElseThrow());
    }

    @Test
    void tmpBrain() throws Exception {
        ChannelGrid full = TestGrids.readCfl(java.nio.file.Path.of("/tmp/wtpar/realfull"));
        float[] expected = TestGrids.magnitude(TestGrids.image(full));
        for (int step : new int[] {2, 3, 4}) {
            for (double reg : new double[] {1e-6, 1e-5, 1e-4, 1e-3, 1e-2})
                for (int w : new int[] {3, 5, 7})
                    for (int rows : new int[] {2, 4, 6}) {
                        ChannelGrid part =
                                TestGrids.keeping(full, y -> Math.floorMod(y - 115, step) == 0 || y >= 103 && y < 127);
                        long t = System.nanoTime();
                        fill(part, new Grappa.Settings(w, rows, reg));
                        System.out.printf(
                                "%d %g w%d rows %d: %.4f  %.3f s%n",
                                step,
                                reg,
                                w,
                                rows,
                                TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected),
                                (System.nanoTime() - t) * 1e-9);
                    }
        }
    }
}
