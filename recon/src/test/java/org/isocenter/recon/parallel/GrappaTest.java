package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrappaTest {
    private static final Grappa.Settings EXACT = new Grappa.Settings(5, 4, 0);

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void missingLinesAreMadeOfTheirNeighbours(int step) {
        CoilPhantom phantom = new CoilPhantom(8, 64, 90, 1);
        ChannelGrid full = phantom.noisy(1e-5, 1);
        ChannelGrid part = TestGrids.keeping(full, y -> y % step == 1 || Math.abs(y - 45) < 12);
        double folded = error(part, full);
        fill(part, EXACT);
        assertThat(error(part, full)).isLessThan(0.15 * folded);
    }

    @Test
    void linesAndPartitionsMayBothBeMissing() {
        CoilPhantom phantom = new CoilPhantom(6, 24, 30, 28);
        ChannelGrid full = phantom.noisy(1e-5, 1);
        ChannelGrid part = TestGrids.keeping(full, row -> {
            int y = row % 30;
            int z = row / 30;
            return y % 2 == 0 && z % 2 == 0 || Math.abs(y - 15) < 8 && Math.abs(z - 14) < 8;
        });
        double folded = error(part, full);
        fill(part, new Grappa.Settings(3, 3, 0));
        assertThat(error(part, full)).isLessThan(0.3 * folded);
    }

    @Test
    void linesThatWereMeasuredStayAsTheyAre() {
        ChannelGrid full = new CoilPhantom(4, 32, 48, 1).noisy(1e-3, 2);
        ChannelGrid part = TestGrids.keeping(full, y -> y % 2 == 0 || Math.abs(y - 24) < 10);
        ChannelGrid filled = TestGrids.copy(part);
        fill(filled, Grappa.Settings.DEFAULT);
        SamplingPattern measured = SamplingPattern.of(part);
        assertThat(SamplingPattern.of(filled).count()).isEqualTo(48);
        ChannelGrid kept = TestGrids.keeping(filled, row -> measured.isMeasured(row, 0));
        assertThat(kept.real(2)).containsExactly(part.real(2));
        assertThat(kept.imaginary(3)).containsExactly(part.imaginary(3));
    }

    /** Half of k-space left out (partial Fourier) is not made up: weights over such distances mean nothing. */
    @Test
    void nothingIsMadeFarFromWhatWasMeasured() {
        ChannelGrid full = new CoilPhantom(4, 32, 48, 1).noisy(1e-3, 2);
        ChannelGrid part = TestGrids.keeping(full, y -> y >= 12 && (y % 2 == 0 || Math.abs(y - 24) < 10));
        fill(part, Grappa.Settings.DEFAULT);
        SamplingPattern filled = SamplingPattern.of(part);
        assertThat(filled.isMeasured(11, 0)).isTrue();
        assertThat(filled.isMeasured(10, 0)).isFalse();
        assertThat(filled.count()).isEqualTo(37);
    }

    @Test
    void weightsThatKnowOfTheNoiseBringLessOfIt() {
        CoilPhantom phantom = new CoilPhantom(8, 64, 90, 1);
        ChannelGrid noisy = TestGrids.keeping(phantom.noisy(3e-3, 3), y -> y % 4 == 1 || Math.abs(y - 45) < 12);
        ChannelGrid exact = TestGrids.copy(noisy);
        fill(exact, EXACT);
        fill(noisy, new Grappa.Settings(5, 4, 1));
        assertThat(error(noisy, phantom.kspace)).isLessThan(0.8 * error(exact, phantom.kspace));
    }

    @Test
    void tooFewCalibrationLinesAreRefused() {
        ChannelGrid part = TestGrids.keeping(new CoilPhantom(4, 32, 48, 1).kspace, y -> y % 4 == 0);
        Lattice lattice = new Lattice(4, 1, 0, 0, 0);
        Grappa grappa = new Grappa(CalibrationRegion.find(part, 32, 48, 1).cut(part), EXACT);
        assertThat(grappa.suits(lattice)).isFalse();
        assertThatThrownBy(() -> grappa.fill(part, SamplingPattern.of(part), lattice))
                .hasMessageContaining("too few");
    }

    private static double error(ChannelGrid got, ChannelGrid expected) {
        return TestGrids.scaledError(
                TestGrids.magnitude(TestGrids.image(got)), TestGrids.magnitude(TestGrids.image(expected)));
    }

    private static void fill(ChannelGrid kspace, Grappa.Settings settings) {
        SamplingPattern pattern = SamplingPattern.of(kspace);
        ChannelGrid calibration =
                CalibrationRegion.find(kspace, kspace.sizeX(), 32, 32).cut(kspace);
        new Grappa(calibration, settings)
                .fill(kspace, pattern, Lattice.of(pattern).orElseThrow());
    }
}
