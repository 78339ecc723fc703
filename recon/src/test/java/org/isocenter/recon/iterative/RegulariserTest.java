package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegulariserTest {
    @ParameterizedTest(name = "{0} on {1}×{2}×{3}, seed {4}")
    @CsvSource({
        "HAAR, 64, 48, 1, 1", "HAAR, 37, 50, 1, 2", "DAUBECHIES_4, 64, 32, 1, 3", "DAUBECHIES_4, 53, 71, 1, 4",
        "DAUBECHIES_4, 33, 40, 35, 5", "HAAR, 32, 20, 3, 6", "DAUBECHIES_4, 9, 7, 1, 7", "DAUBECHIES_4, 80, 10, 1, 8"
    })
    void theWaveletTransformKeepsTheEnergyAndIsUndoneByItsInverse(
            WaveletFilter filter, int sizeX, int sizeY, int sizeZ, long seed) {
        float[] image = new RandomScan(seed, sizeX, sizeY, sizeZ, 1).image()[0];
        float[] copy = image.clone();
        OrthogonalWavelet wavelet = new OrthogonalWavelet(filter, sizeX, sizeY, sizeZ);
        wavelet.forward(copy, 3, 5, sizeZ / 2);
        double energy = Planar.dot(image, image, 0, image.length);
        assertThat(wavelet.energy()).isEqualTo(energy, within(1e-5 * energy));
        wavelet.inverse(copy, 3, 5, sizeZ / 2);
        assertThat(copy).usingComparatorWithPrecision(1e-5f).containsExactly(image);
    }

    /** Two vanishing moments: away from the seam a plane has no high coefficients, so thresholds below the low ones' size act on these alone. */
    @Test
    void theWaveletOfTwoVanishingMomentsLeavesNothingOfAPlaneInItsHighBands() {
        float[][] rows = new float[20][1];
        float[][] bands = new float[20][1];
        for (int i = 0; i < 20; i++) {
            rows[i][0] = 3 + 0.5f * i;
        }
        WaveletFilter.DAUBECHIES_4.split(rows, bands, 20, 1);
        for (int high = 10; high < 19; high++) {
            assertThat(bands[high][0]).isEqualTo(0, within(1e-5f));
        }
    }

    /** An even image has one size of coefficient, twice its height for each time that both axes are halved. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"HAAR", "DAUBECHIES_4"})
    void anEvenImageIsLoweredByTheThresholdOfItsCoarsestCoefficients(WaveletFilter filter) {
        float[] real = filled(32 * 64, 3);
        float[] imaginary = filled(32 * 64, 4);
        // Halved once along x and twice along y: √2 for each.
        double height = 5 * Math.pow(2, 1.5);
        WaveletSparsity.still(filter, 32, 64, 1).proximal(2, real, imaginary);
        double left = (height - 2) / height;
        assertThat(real).usingComparatorWithPrecision(1e-4f).containsOnly((float) (3 * left));
        assertThat(imaginary).usingComparatorWithPrecision(1e-4f).containsOnly((float) (4 * left));
    }

    @Test
    void aThresholdAboveAllCoefficientsLeavesNothing() {
        float[][] image = new RandomScan(3, 40, 40, 1, 1).image();
        WaveletSparsity.still(WaveletFilter.DAUBECHIES_4, 40, 40, 1).proximal(1000, image[0], image[1]);
        assertThat(Planar.dot(image[0], image[0], 0, 1600)).isZero();
        assertThat(Planar.dot(image[1], image[1], 0, 1600)).isZero();
    }

    @Test
    void softThresholdingShortensEachValueAndKeepsItsPhase() {
        float[] real = {3, -6, 0.3f, 0};
        float[] imaginary = {4, 8, 0.4f, 0};
        SoftThreshold.shrink(1, real, imaginary, 0, 4);
        assertThat(real).usingComparatorWithPrecision(1e-6f).containsExactly(2.4f, -5.4f, 0, 0);
        assertThat(imaginary).usingComparatorWithPrecision(1e-6f).containsExactly(3.2f, 7.2f, 0, 0);
    }

    @Test
    void cycleSpinningIsTheSameForTheSameSeedAndOtherwiseForAnother() {
        float[] first = spun(5);
        assertThat(spun(5)).isEqualTo(first);
        assertThat(spun(7)).isNotEqualTo(first);
    }

    private static float[] spun(long seed) {
        float[][] image = new RandomScan(3, 128, 90, 1, 1).image();
        WaveletSparsity.spinning(WaveletFilter.HAAR, 128, 90, 1, seed).proximal(0.3, image[0], image[1]);
        return image[0];
    }

    /** Along a line, total variation moves two plateaus towards each other, each by the weight over its length. */
    @ParameterizedTest(name = "axis {0}")
    @CsvSource({"0", "1", "2"})
    void totalVariationMovesTwoPlateausTowardsEachOther(int axis) {
        int[] size = {4, 4, 4};
        size[axis] = 8;
        int stride = axis == 0 ? 1 : axis == 1 ? size[0] : size[0] * size[1];
        TotalVariation variation = new TotalVariation(size[0], size[1], size[2]);
        float[] real = new float[128];
        float[] imaginary = new float[128];
        for (int call = 0; call < 40; call++) {
            for (int i = 0; i < 128; i++) {
                boolean far = i / stride % 8 >= 3;
                real[i] = far ? 3 : 0;
                imaginary[i] = far ? 4 : 0;
            }
            variation.proximal(0.6, real, imaginary);
        }
        for (int i = 0; i < 128; i++) {
            boolean far = i / stride % 8 >= 3;
            double height = far ? 5 - 0.6 / 5 : 0.6 / 3;
            assertThat((double) real[i]).isEqualTo(0.6 * height, within(1e-3));
            assertThat((double) imaginary[i]).isEqualTo(0.8 * height, within(1e-3));
        }
    }

    private static float[] filled(int count, float value) {
        float[] values = new float[count];
        Arrays.fill(values, value);
        return values;
    }
}
