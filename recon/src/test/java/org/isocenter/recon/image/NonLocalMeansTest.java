package org.isocenter.recon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NonLocalMeansTest {
    private static final int SIZE = 96;
    /** Halves of 100 and 40, with a sharp edge between columns 47 and 48, and a phase that turns. */
    private static final float LEFT = 100;

    private static final float RIGHT = 40;

    private static ChannelGrid phantom(int slices, double sigma, long seed) {
        Random random = new Random(seed);
        ChannelGrid image = new ChannelGrid(1, SIZE, SIZE, slices);
        for (int i = 0; i < image.points(); i++) {
            double signal = i % SIZE < SIZE / 2 ? LEFT : RIGHT;
            double phase = 0.002 * (i / SIZE % SIZE);
            image.real(0)[i] = (float) (signal * Math.cos(phase) + sigma * random.nextGaussian());
            image.imaginary(0)[i] = (float) (signal * Math.sin(phase) + sigma * random.nextGaussian());
        }
        return image;
    }

    private static float[] magnitude(ChannelGrid image) {
        float[] magnitude = new float[image.points()];
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] = (float) Math.hypot(image.real(0)[i], image.imaginary(0)[i]);
        }
        return magnitude;
    }

    /** Mean and standard deviation over columns from..to, a few voxels from the border. */
    private static double[] statistics(float[] pixels, int from, int to) {
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int row = 12; row < SIZE - 12; row++) {
            for (int column = from; column < to; column++) {
                double value = pixels[row * SIZE + column];
                sum += value;
                squares += value * value;
                count++;
            }
        }
        double mean = sum / count;
        return new double[] {mean, Math.sqrt(squares / count - mean * mean)};
    }

    /** With no regard for likeness the mean of n voxels has a variance of one n-th. */
    @Test
    void aMeanOfAllReducesTheVarianceByTheirNumber() {
        Random random = new Random(5);
        ChannelGrid noise = new ChannelGrid(1, SIZE, SIZE, 1);
        for (int i = 0; i < noise.points(); i++) {
            noise.real(0)[i] = (float) (50 + random.nextGaussian());
        }
        float[] clean = new NonLocalMeans(3, 1, 1e6)
                .complex(noise, 1, ParallelLoop.PLAIN)
                .real(0);
        assertThat(statistics(clean, 12, SIZE - 12)[1]).isCloseTo(1.0 / 7, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 8"})
    void noiseGoesAndEdgesStay(long seed, double sigma) {
        ChannelGrid clean = new NonLocalMeans(5, 1, 0.7).complex(phantom(1, sigma, seed), sigma, ParallelLoop.PLAIN);
        float[] pixels = magnitude(clean);
        double[] left = statistics(pixels, 12, 36);
        double[] right = statistics(pixels, 60, 84);
        assertThat(left[1]).as("seed %d", seed).isLessThan(sigma / 4);
        assertThat(right[1]).as("seed %d", seed).isLessThan(sigma / 4);
        assertThat(left[0]).isCloseTo(LEFT, within(0.2));
        assertThat(right[0]).isCloseTo(RIGHT, within(0.3));
        // A blur that reduces noise as much would leave 70 on either side of the edge.
        assertThat(statistics(pixels, 47, 48)[0]).isGreaterThan(LEFT - 3);
        assertThat(statistics(pixels, 48, 49)[0]).isLessThan(RIGHT + 3);
    }

    /** At a signal of twice σ a magnitude is 14 % too large in the mean. */
    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void theBiasOfMagnitudesIsTakenOff(long seed) {
        double sigma = RIGHT / 2;
        float[] noisy = magnitude(phantom(1, sigma, seed));
        assertThat(statistics(noisy, 60, 84)[0]).isGreaterThan(1.1 * RIGHT);
        float[] clean = new NonLocalMeans(5, 1, 0.7).magnitude(noisy, SIZE, SIZE, 1, sigma, ParallelLoop.PLAIN);
        assertThat(statistics(clean, 60, 84)[0]).as("seed %d", seed).isCloseTo(RIGHT, within(0.03 * RIGHT));
    }

    @Test
    void slicesHelpEachOtherAndTheResultIsTheSameEachTime() {
        ChannelGrid noisy = phantom(3, 5, 6);
        NonLocalMeans filter = new NonLocalMeans(2, 1, 0.7);
        float[] one = filter.complex(noisy, 5, ParallelLoop.PLAIN).real(0);
        float[] two = filter.complex(noisy, 5, ParallelLoop.PLAIN).real(0);
        assertThat(one).isEqualTo(two);
        ChannelGrid alone = new ChannelGrid(1, SIZE, SIZE, 1);
        System.arraycopy(noisy.real(0), SIZE * SIZE, alone.real(0), 0, SIZE * SIZE);
        System.arraycopy(noisy.imaginary(0), SIZE * SIZE, alone.imaginary(0), 0, SIZE * SIZE);
        float[] middle = new float[SIZE * SIZE];
        System.arraycopy(one, SIZE * SIZE, middle, 0, middle.length);
        double together = statistics(middle, 12, 36)[1];
        assertThat(together)
                .isLessThan(0.8
                        * statistics(
                                filter.complex(alone, 5, ParallelLoop.PLAIN).real(0), 12, 36)[1]);
    }

    @ParameterizedTest
    @CsvSource({"7, 4", "8, 20"})
    void theNoiseLevelIsFoundInTheImageItself(long seed, double sigma) {
        assertThat(NoiseLevel.ofComplex(phantom(1, sigma, seed), 0))
                .as("seed %d", seed)
                .isCloseTo(sigma, within(0.05 * sigma));
        assertThat(NoiseLevel.ofComplex(new ChannelGrid(1, SIZE, SIZE, 1), 0)).isNaN();
    }

    @Test
    void withoutNoiseNothingChanges() {
        ChannelGrid image = phantom(1, 0, 9);
        assertThat(new NonLocalMeans(5, 1, 0.7)
                        .complex(image, 0, ParallelLoop.PLAIN)
                        .real(0))
                .isEqualTo(image.real(0));
    }
}
