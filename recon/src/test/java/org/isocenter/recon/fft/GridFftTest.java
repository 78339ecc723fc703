package org.isocenter.recon.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.recon.array.ChannelGrid;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.FloatFFT_1D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GridFftTest {
    @ParameterizedTest(name = "{0} points, seed {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 15, 16, 17, 25, 49, 97, 100, 143, 210, 256})
    void everyLengthAgreesWithTheSumItStandsFor(int length) {
        Random random = new Random(length);
        int lines = 67;
        float[] real = random(random, lines * length);
        float[] imaginary = random(random, lines * length);
        float[] gotReal = real.clone();
        float[] gotImaginary = imaginary.clone();
        GridFft.along(length, gotReal, gotImaginary, 1, lines);
        for (int line : new int[] {0, 15, 16, 63, 64, 66}) {
            for (int n = 0; n < length; n++) {
                double[] sum = sum(real, imaginary, line * length, length, n - length / 2);
                double size = 1e-6 * length;
                assertThat((double) gotReal[line * length + n]).isEqualTo(sum[0], within(size));
                assertThat((double) gotImaginary[line * length + n]).isEqualTo(sum[1], within(size));
            }
        }
    }

    @ParameterizedTest(name = "{0} points")
    @ValueSource(ints = {128, 240, 256, 315, 500, 1024, 4096})
    void itIsAsExactAsJTransforms(int length) {
        Random random = new Random(length);
        float[] real = random(random, length);
        float[] imaginary = random(random, length);
        float[] single = new float[2 * length];
        double[] exact = new double[2 * length];
        // What is at the centre of ours is at the start of theirs.
        for (int k = 0; k < length; k++) {
            int from = (k + length / 2) % length;
            exact[2 * k] = single[2 * k] = real[from];
            exact[2 * k + 1] = single[2 * k + 1] = imaginary[from];
        }
        new FloatFFT_1D(length).complexInverse(single, false);
        new DoubleFFT_1D(length).complexInverse(exact, false);
        GridFft.along(length, real, imaginary, 1, 1);
        double ours = 0;
        double theirs = 0;
        double norm = 0;
        for (int n = 0; n < length; n++) {
            int at = (n + length / 2) % length;
            ours += square(real[at] - exact[2 * n]) + square(imaginary[at] - exact[2 * n + 1]);
            theirs += square(single[2 * n] - exact[2 * n]) + square(single[2 * n + 1] - exact[2 * n + 1]);
            norm += square(exact[2 * n]) + square(exact[2 * n + 1]);
        }
        assertThat(Math.sqrt(ours / norm)).isLessThan(1.3 * Math.sqrt(theirs / norm));
    }

    @ParameterizedTest(name = "{0}×{1}×{2}")
    @CsvSource({"8,1,1", "70,6,1", "5,70,1", "6,9,10", "1,7,66", "7,66,33", "67,5,40"})
    void allAxesAreTransformedAndForwardUndoesInverse(int x, int y, int z) {
        Random random = new Random(x + 100 * y);
        ChannelGrid grid = new ChannelGrid(2, x, y, z);
        ChannelGrid before = new ChannelGrid(2, x, y, z);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < grid.points(); i++) {
                before.real(c)[i] = grid.real(c)[i] = random.nextFloat() - 0.5f;
                before.imaginary(c)[i] = grid.imaginary(c)[i] = random.nextFloat() - 0.5f;
            }
        }
        GridFft.inverse(grid);
        // The pixel beside the centre along each axis, by the sum.
        int px = (x / 2 + 1) % x;
        int py = (y / 2 + 1) % y;
        int pz = (z / 2 + 1) % z;
        double real = 0;
        for (int i = 0; i < grid.points(); i++) {
            double turns = (double) (i % x - x / 2) * (px - x / 2) / x
                    + (double) (i / x % y - y / 2) * (py - y / 2) / y
                    + (double) (i / (x * y) - z / 2) * (pz - z / 2) / z;
            real += before.real(1)[i] * Math.cos(2 * Math.PI * turns)
                    - before.imaginary(1)[i] * Math.sin(2 * Math.PI * turns);
        }
        assertThat((double) grid.real(1)[(pz * y + py) * x + px]).isEqualTo(real, within(1e-4));
        GridFft.forward(grid);
        for (int c = 0; c < 2; c++) {
            for (int i = 0; i < grid.points(); i++) {
                assertThat(grid.real(c)[i] / grid.points()).isEqualTo(before.real(c)[i], within(1e-5f));
                assertThat(grid.imaginary(c)[i] / grid.points()).isEqualTo(before.imaginary(c)[i], within(1e-5f));
            }
        }
    }

    @ParameterizedTest(name = "stride {0}, {1} of 12 to {2} of 12")
    @CsvSource({"1,8,6", "3,8,6", "70,7,5", "70,12,14", "1,5,15"})
    void aPartOfAnAxisIsFilledWithZerosAndCut(int stride, int given, int wanted) {
        int length = 12;
        int blocks = stride == 1 ? 70 : 2;
        Random random = new Random(stride + given);
        Span in = Span.middle(length, given);
        Span out = Span.middle(length, wanted);
        int lines = stride * blocks;
        float[] real = random(random, lines * given);
        float[] imaginary = random(random, lines * given);
        float[] gotReal = random(random, lines * wanted);
        float[] gotImaginary = random(random, lines * wanted);
        GridFft.along(FftPlan.of(length), real, imaginary, in, gotReal, gotImaginary, out, stride, blocks);
        int line = lines - 1;
        int block = line / stride;
        float[] fullReal = new float[length];
        float[] fullImaginary = new float[length];
        for (int k = 0; k < given; k++) {
            fullReal[k + in.first()] = real[(block * given + k) * stride + line % stride];
            fullImaginary[k + in.first()] = imaginary[(block * given + k) * stride + line % stride];
        }
        for (int i = 0; i < wanted; i++) {
            int n = i + out.first();
            double[] sum =
                    n < 0 || n >= length ? new double[2] : sum(fullReal, fullImaginary, 0, length, n - length / 2);
            int at = (block * wanted + i) * stride + line % stride;
            assertThat((double) gotReal[at]).isEqualTo(sum[0], within(1e-5));
            assertThat((double) gotImaginary[at]).isEqualTo(sum[1], within(1e-5));
        }
    }

    @Test
    void lengthsWithLargePrimesAreToldApart() {
        assertThat(FftPlan.isFast(2 * 3 * 5 * 7 * 11 * 13)).isTrue();
        assertThat(FftPlan.isFast(34)).isFalse();
    }

    private static double[] sum(float[] real, float[] imaginary, int offset, int length, int x) {
        double sumReal = 0;
        double sumImaginary = 0;
        for (int k = 0; k < length; k++) {
            double phase = 2 * Math.PI * (k - length / 2) * x / length;
            sumReal += real[offset + k] * Math.cos(phase) - imaginary[offset + k] * Math.sin(phase);
            sumImaginary += real[offset + k] * Math.sin(phase) + imaginary[offset + k] * Math.cos(phase);
        }
        return new double[] {sumReal, sumImaginary};
    }

    private static double square(double value) {
        return value * value;
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }
}
