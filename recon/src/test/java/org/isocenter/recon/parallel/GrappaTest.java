package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrappaTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void missingLinesAreMadeOfTheirNeighbours(int step) {
        CoilPhantom phantom = new CoilPhantom(8, 64, 90, 1);
        ChannelGrid full = phantom.noisy(1e-5, 1);
        ChannelGrid part = TestGrids.keeping(full, y -> y % step == 1 || Math.abs(y - 45) < 12);
        float[] expected = TestGrids.magnitude(TestGrids.image(full));
        double folded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
        fill(part, Grappa.Settings.DEFAULT);
        double unfolded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
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
        fill(part, Grappa.Settings.DEFAULT);
        double unfolded = TestGrids.scaledError(TestGrids.magnitude(TestGrids.image(part)), expected);
        assertThat(unfolded).isLessThan(0.15 * folded);
    }

    private static void fill(ChannelGrid kspace, Grappa.Settings settings) {
        SamplingPattern pattern = SamplingPattern.of(kspace);
        ChannelGrid calibration =
                CalibrationRegion.find(kspace, kspace.sizeX(), 32, 32).cut(kspace);
        new Grappa(calibration, settings)
                .fill(kspace, pattern, Lattice.of(pattern).orElseThrow());
    }
}
