package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.CancellationException;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenseTest {
    /** Matrices that are multiples of the step give the image itself; in others, the sharp rims of the object ring. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, 60, 2e-4",
        "2, 1, 60, 2e-4",
        "3, 2, 60, 5e-4",
        "4, 1, 60, 5e-3",
        "3, 1, 61, 0.04",
        "2, 0, 63, 0.04"
    })
    void foldedPixelsAreToldApartByTheSensitivities(int step, int first, int rows, double error) {
        CoilPhantom phantom = new CoilPhantom(8, 48, rows, 1);
        ChannelGrid part = TestGrids.keeping(phantom.kspace, y -> y % step == first);
        ChannelGrid image = unfold(phantom, part, new Lattice(step, 1, first, 0, 0));
        assertThat(TestGrids.complexError(image, phantom.image)).isLessThan(error);
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 0, 1, 1", "2, 2, 1, 0, 1", "1, 2, 0, 1, 0", "3, 2, 1, 1, 1"})
    void latticesOfTwoAxesAreUnfoldedToo(int stepY, int stepZ, int firstY, int firstZ, int shift) {
        CoilPhantom phantom = new CoilPhantom(8, 12, 24, 24);
        Lattice lattice = new Lattice(stepY, stepZ, firstY, firstZ, shift);
        ChannelGrid part = TestGrids.keeping(phantom.kspace, row -> lattice.has(row % 24, row / 24));
        assertThat(Lattice.of(SamplingPattern.of(part)).orElseThrow().factor()).isEqualTo(lattice.factor());
        ChannelGrid image = unfold(phantom, part, lattice);
        assertThat(TestGrids.complexError(image, phantom.image)).isLessThan(5e-3);
    }

    @Test
    void aVolumeInPartsIsTheSameAsAWhole() {
        CoilPhantom phantom = new CoilPhantom(8, 14, 24, 24);
        Lattice lattice = new Lattice(2, 2, 0, 1, 1);
        ChannelGrid part = TestGrids.keeping(phantom.kspace, row -> lattice.has(row % 24, row / 24));
        MapColumns maps = MapColumns.of(new Sensitivities(phantom.sensitivities));
        Sense inParts = new Sense(maps, 8, 14, 24, 24, lattice, 0, 5 * 8 * 24 * 24);
        assertThat(inParts.blocks()).isEqualTo(3);
        ChannelGrid image = inParts.unfold(part, SamplingPattern.of(part));
        assertThat(TestGrids.complexError(image, unfold(phantom, part, lattice)))
                .isLessThan(1e-6);
    }

    @Test
    void sensitivitiesOfSomeColumnsAreThoseOfTheWholeVolume() {
        CoilPhantom phantom = new CoilPhantom(4, 20, 18, 16);
        ChannelGrid calibration =
                CalibrationRegion.find(phantom.kspace, 12, 12, 12).cut(phantom.kspace);
        Espirit.Settings settings = new Espirit.Settings(4, 0.001, 0.8);
        ChannelGrid whole =
                Espirit.sensitivities(calibration, 20, 18, 16, settings).maps();
        ChannelGrid columns = MapColumns.espirit(calibration, 20, 18, 16, settings, () -> {})
                .at(7, 6)
                .maps();
        int known = 0;
        for (int channel = 0; channel < 4; channel++) {
            for (int i = 0; i < columns.points(); i++) {
                int at = i / 6 * 20 + 7 + i % 6;
                assertThat(columns.real(channel)[i]).isEqualTo(whole.real(channel)[at], within(1e-3f));
                assertThat(columns.imaginary(channel)[i]).isEqualTo(whole.imaginary(channel)[at], within(1e-3f));
                known += whole.real(channel)[at] != 0 ? 1 : 0;
            }
        }
        assertThat(known).isGreaterThan(columns.points());
    }

    @Test
    void sensitivitiesThatNobodyWantsAnyMoreAreNotMade() {
        CoilPhantom phantom = new CoilPhantom(4, 20, 18, 16);
        ChannelGrid calibration =
                CalibrationRegion.find(phantom.kspace, 12, 12, 12).cut(phantom.kspace);
        MapColumns maps = MapColumns.espirit(calibration, 20, 18, 16, new Espirit.Settings(4, 0.001, 0.8), () -> {
            throw new CancellationException();
        });
        assertThatThrownBy(() -> maps.at(0, 20)).isInstanceOf(CancellationException.class);
    }

    @Test
    void theScaleIsThatOfAFullImage() {
        CoilPhantom phantom = new CoilPhantom(8, 48, 60, 1);
        ChannelGrid part = TestGrids.keeping(phantom.kspace, y -> y % 2 == 0);
        ChannelGrid image = unfold(phantom, part, new Lattice(2, 1, 0, 0, 0));
        ChannelGrid full =
                ChannelCombination.optimal(TestGrids.image(phantom.kspace), new Sensitivities(phantom.sensitivities));
        int center = 30 * 48 + 24;
        assertThat(image.real(0)[center]).isEqualTo(full.real(0)[center], within(1e-3f * full.real(0)[center]));
    }

    /** Two coils, each of which sees one of two pixels: nothing folds. Two alike: nothing can be unfolded. */
    @Test
    void theGFactorTellsHowWellCoilsDiffer() {
        ChannelGrid maps = new ChannelGrid(2, 1, 4, 1);
        float[][] seen = {{1, 0.6f, 0, 0.8f}, {0, 0.8f, 1, 0.6f}};
        for (int channel = 0; channel < 2; channel++) {
            System.arraycopy(seen[channel], 0, maps.real(channel), 0, 4);
        }
        float[] g = new Sense(new Sensitivities(maps), new Lattice(2, 1, 0, 0, 0), 0)
                .gFactor()
                .real(0);
        assertThat(g[0]).isEqualTo(1, within(1e-6f));
        assertThat(g[2]).isEqualTo(1, within(1e-6f));
        // Unit vectors at an angle whose cosine is c: g = 1/√(1-c²), here c = 0.96.
        assertThat(g[1]).isEqualTo(1 / 0.28f, within(1e-4f));
        assertThat(g[3]).isEqualTo(1 / 0.28f, within(1e-4f));
    }

    private static ChannelGrid unfold(CoilPhantom phantom, ChannelGrid part, Lattice lattice) {
        return new Sense(new Sensitivities(phantom.sensitivities), lattice, 0).unfold(part, SamplingPattern.of(part));
    }
}
