package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EncodingOperatorTest {
    @ParameterizedTest(name = "{0}×{1}×{2}, {3} channels, pattern {4}, seed {5}")
    @CsvSource({
        "8, 6, 1, 3, POINTS, 1",
        "7, 9, 1, 2, POINTS, 2",
        "12, 10, 1, 9, LINES, 3",
        "5, 6, 7, 2, POINTS, 4",
        "6, 5, 4, 2, LINES, 5",
        "6, 5, 4, 3, COLUMNS, 6",
        "70, 3, 1, 1, POINTS, 7"
    })
    void theAdjointAndTheNormalOperatorBelongToTheForwardOne(
            int sizeX, int sizeY, int sizeZ, int channels, RandomScan.Pattern pattern, long seed) {
        RandomScan scan = new RandomScan(seed, sizeX, sizeY, sizeZ, channels);
        EncodingOperator encoding = scan.encoding(pattern);
        float[][] image = scan.image();
        float[][] dataReal = scan.data();
        float[][] dataImaginary = scan.data();
        float[][] seenReal = new float[channels][encoding.points()];
        float[][] seenImaginary = new float[channels][encoding.points()];
        encoding.forward(image[0], image[1], seenReal, seenImaginary);
        float[][] adjoint = new float[2][encoding.points()];
        encoding.adjoint(dataReal, dataImaginary, adjoint[0], adjoint[1]);
        double[] inData = new double[2];
        for (int channel = 0; channel < channels; channel++) {
            addInner(seenReal[channel], seenImaginary[channel], dataReal[channel], dataImaginary[channel], inData);
        }
        double[] inImage = new double[2];
        addInner(image[0], image[1], adjoint[0], adjoint[1], inImage);
        assertThat(inData[0]).isEqualTo(inImage[0], within(1e-5 * encoding.points()));
        assertThat(inData[1]).isEqualTo(inImage[1], within(1e-5 * encoding.points()));

        encoding.adjoint(seenReal, seenImaginary, adjoint[0], adjoint[1]);
        float[][] normal = new float[2][encoding.points()];
        encoding.normal(image[0], image[1], normal[0], normal[1]);
        assertThat(normal[0]).usingComparatorWithPrecision(1e-5f).containsExactly(adjoint[0]);
        assertThat(normal[1]).usingComparatorWithPrecision(1e-5f).containsExactly(adjoint[1]);
    }

    @Test
    void dataAreTheSumsThatTheyStandFor() {
        RandomScan scan = new RandomScan(11, 6, 5, 3, 2);
        boolean[] measured = scan.pattern(RandomScan.Pattern.POINTS);
        EncodingOperator encoding = new EncodingOperator(CartesianSampling.of(6, 5, 3, measured), scan.sensitivities());
        float[][] image = scan.image();
        float[][] real = new float[2][90];
        float[][] imaginary = new float[2][90];
        encoding.forward(image[0], image[1], real, imaginary);
        for (int k = 0; k < 90; k++) {
            double[] sum = new double[2];
            for (int r = 0; r < 90 && measured[k]; r++) {
                double turns = (k % 6 - 3) * (r % 6 - 3) / 6.0
                        + (k / 6 % 5 - 2) * (r / 6 % 5 - 2) / 5.0
                        + (k / 30 - 1) * (r / 30 - 1) / 3.0;
                double cos = Math.cos(2 * Math.PI * turns) / Math.sqrt(90);
                double sin = -Math.sin(2 * Math.PI * turns) / Math.sqrt(90);
                double sReal = scan.sensitivities().real(1)[r];
                double sImaginary = scan.sensitivities().imaginary(1)[r];
                double seenReal = sReal * image[0][r] - sImaginary * image[1][r];
                double seenImaginary = sReal * image[1][r] + sImaginary * image[0][r];
                sum[0] += seenReal * cos - seenImaginary * sin;
                sum[1] += seenReal * sin + seenImaginary * cos;
            }
            assertThat((double) real[1][k]).isEqualTo(sum[0], within(2e-5));
            assertThat((double) imaginary[1][k]).isEqualTo(sum[1], within(2e-5));
        }
    }

    @Test
    void aWholeKSpaceSeenByChannelsOfUnitSumIsTheImageItself() {
        RandomScan scan = new RandomScan(5, 9, 8, 1, 4);
        boolean[] all = new boolean[72];
        Arrays.fill(all, true);
        scan.normaliseSensitivities();
        EncodingOperator encoding = new EncodingOperator(CartesianSampling.of(9, 8, 1, all), scan.sensitivities());
        float[][] image = scan.image();
        float[][] normal = new float[2][72];
        encoding.normal(image[0], image[1], normal[0], normal[1]);
        assertThat(normal[0]).usingComparatorWithPrecision(1e-5f).containsExactly(image[0]);
        assertThat(normal[1]).usingComparatorWithPrecision(1e-5f).containsExactly(image[1]);
        assertThat(encoding.normalBound()).isEqualTo(1, within(1e-5));
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() throws Exception {
        RandomScan scan = new RandomScan(6, 130, 140, 1, 5);
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.POINTS);
        float[][] image = scan.image();
        float[][] once = normalIn(1, encoding, image);
        float[][] again = normalIn(4, encoding, image);
        assertThat(again[0]).isEqualTo(once[0]);
        assertThat(again[1]).isEqualTo(once[1]);
    }

    private static float[][] normalIn(int threads, EncodingOperator encoding, float[][] image) throws Exception {
        float[][] normal = new float[2][encoding.points()];
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            pool.submit(() -> encoding.normal(image[0], image[1], normal[0], normal[1]))
                    .get();
        } finally {
            pool.shutdown();
        }
        return normal;
    }

    @Test
    void thePowerMethodFindsTheLargestEigenvalue() {
        RandomScan scan = new RandomScan(8, 10, 8, 1, 3);
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.POINTS);
        // With fewer points than pixels, the bound by the sensitivities is not reached.
        double largest = PowerMethod.iterate(encoding, 200);
        assertThat(largest).isLessThanOrEqualTo(encoding.normalBound() * (1 + 1e-5));
        assertThat(PowerMethod.iterate(encoding, 15)).isBetween(0.9 * largest, 1.00001 * largest);
        // A matrix's trace is the sum of its eigenvalues, so the largest is no less than their mean.
        assertThat(largest).isGreaterThan(meanEigenvalue(encoding));
    }

    private static double meanEigenvalue(EncodingOperator encoding) {
        double trace = 0;
        float[] zero = new float[encoding.points()];
        float[][] normal = new float[2][encoding.points()];
        for (int pixel = 0; pixel < encoding.points(); pixel++) {
            float[] one = new float[encoding.points()];
            one[pixel] = 1;
            encoding.normal(one, zero, normal[0], normal[1]);
            trace += normal[0][pixel];
        }
        return trace / encoding.points();
    }

    @Test
    void sensitivitiesOfAnotherSizeAreRefusedWithBothSizes() {
        RandomScan scan = new RandomScan(1, 4, 4, 1, 1);
        ChannelGrid other = new ChannelGrid(1, 4, 5, 1);
        CartesianSampling sampling = CartesianSampling.of(4, 4, 1, scan.pattern(RandomScan.Pattern.LINES));
        assertThatThrownBy(() -> new EncodingOperator(sampling, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("4×5×1", "4×4×1");
    }

    @Test
    void anEmptyPatternIsRefused() {
        assertThatThrownBy(() -> CartesianSampling.of(4, 4, 1, new boolean[16]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no point");
    }

    /** Adds the inner product conj(a)·b. */
    private static void addInner(float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary, double[] sum) {
        for (int i = 0; i < aReal.length; i++) {
            sum[0] += (double) aReal[i] * bReal[i] + (double) aImaginary[i] * bImaginary[i];
            sum[1] += (double) aReal[i] * bImaginary[i] - (double) aImaginary[i] * bReal[i];
        }
    }
}
