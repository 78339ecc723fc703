package org.isocenter.recon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalToNoiseTest {
    /** A square of height 1 in complex noise of the given σ. */
    @ParameterizedTest
    @CsvSource({"1,10", "2,25", "3,100"})
    void theBackgroundTellsTheRatioThatWentIn(long seed, double ratio) {
        SignalToNoise found = SignalToNoise.byBackground(squareInNoise(seed, 1, 1 / ratio, 1), 1);
        assertThat(found.value()).as("seed %d", seed).isEqualTo(ratio, within(0.03 * ratio));
        assertThat(found.method()).isEqualTo(SignalToNoise.BACKGROUND);
    }

    @ParameterizedTest
    @CsvSource({"1,4,20", "2,8,50"})
    void theBackgroundTellsItOfSeveralChannelsToo(long seed, int channels, double ratio) {
        ImageVolume volume = squareInNoise(seed, 1, 1 / ratio, channels);
        assertThat(SignalToNoise.byBackground(volume, channels).value())
                .as("seed %d", seed)
                .isEqualTo(ratio, within(0.04 * ratio));
        assertThat(SignalToNoise.byBackground(volume, 1).value()).isLessThan(0.6 * ratio);
    }

    /** A server's, as of a field map without a word about what it is. */
    @Test
    void whereTheBackgroundIsNegativeThereIsNoRatio() {
        ImageVolume square = squareInNoise(1, 1, 0.1, 1);
        for (int i = 0; i < square.pixels().length; i++) {
            square.pixels()[i] -= 500;
        }
        assertThat(SignalToNoise.byBackground(square, 1)).isEqualTo(SignalToNoise.UNKNOWN);
    }

    /** Mean and standard deviation of Rayleigh's distribution belong together as its median and σ do. */
    @Test
    void noisesMedianIsThatOfItsDistribution() {
        assertThat(SignalToNoise.medianOfNoise(1)).isEqualTo(Math.sqrt(2 * Math.log(2)), within(1e-9));
        long seed = 9;
        Random random = new Random(seed);
        float[] magnitudes = new float[40000];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < magnitudes.length; i++) {
            magnitudes[i] = (float) Math.hypot(random.nextGaussian(), random.nextGaussian());
            sum += magnitudes[i];
            squares += magnitudes[i] * magnitudes[i];
        }
        double mean = sum / magnitudes.length;
        double nema = Math.sqrt(squares / magnitudes.length - mean * mean) / 0.655;
        Arrays.sort(magnitudes);
        assertThat(magnitudes[20000] / SignalToNoise.medianOfNoise(1))
                .as("seed %d", seed)
                .isEqualTo(nema, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"1,10", "2,60"})
    void theDifferenceOfTwoRepetitionsTellsTheRatio(long seed, double ratio) {
        ImageVolume one = named("echo 1, repetition 1", squareInNoise(seed, 1, 1 / ratio, 1));
        ImageVolume two = named("echo 1, repetition 2", squareInNoise(seed + 100, 1, 1 / ratio, 1));
        ImageVolume other = named("echo 2, repetition 1", squareInNoise(seed + 200, 0.5, 1 / ratio, 1));
        SignalToNoise found = SignalToNoise.of(one, List.of(other, one, two), 1);
        assertThat(found.method()).isEqualTo(SignalToNoise.DIFFERENCE);
        assertThat(found.value()).as("seed %d", seed).isEqualTo(ratio, within(0.04 * ratio));
        assertThat(SignalToNoise.of(other, List.of(other, one, two), 1).method())
                .isEqualTo(SignalToNoise.BACKGROUND);
    }

    @Test
    void anObjectInACornerIsNotTakenForNoise() {
        ImageVolume volume = squareInNoise(6, 1, 0.05, 1);
        for (int row = 0; row < 20; row++) {
            Arrays.fill(volume.pixels(), row * 128, row * 128 + 20, 1);
        }
        assertThat(SignalToNoise.byBackground(volume, 1).value()).isEqualTo(20, within(0.6));
    }

    @Test
    void withoutABackgroundOrASignalThereIsNoFigure() {
        assertThat(SignalToNoise.byBackground(squareInNoise(4, 1, 0, 1), 1)).isEqualTo(SignalToNoise.UNKNOWN);
        assertThat(SignalToNoise.byBackground(volume(4, new float[16]), 1)).isEqualTo(SignalToNoise.UNKNOWN);
        assertThat(SignalToNoise.byBackground(squareInNoise(5, 0, 1, 1), 1)).isEqualTo(SignalToNoise.UNKNOWN);
        ImageVolume image = squareInNoise(1, 1, 0.1, 1);
        assertThat(SignalToNoise.byBackground(image.withMap("", Quantity.T1, image.pixels()), 1))
                .isEqualTo(SignalToNoise.UNKNOWN);
        assertThat(SignalToNoise.byDifference(image, image)).isEqualTo(SignalToNoise.UNKNOWN);
    }

    private static ImageVolume squareInNoise(long seed, double height, double sigma, int channels) {
        Random random = new Random(seed);
        int size = 128;
        float[] pixels = new float[size * size];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % size - size / 2;
            int y = i / size - size / 2;
            double signal = Math.abs(x) < 30 && Math.abs(y) < 30 ? height : 0;
            double squares = 0;
            for (int c = 0; c < channels; c++) {
                double re = signal / Math.sqrt(channels) + sigma * random.nextGaussian();
                double im = sigma * random.nextGaussian();
                squares += re * re + im * im;
            }
            pixels[i] = (float) Math.sqrt(squares);
        }
        return volume(size, pixels);
    }

    private static ImageVolume volume(int size, float[] pixels) {
        PatientGeometry geometry = new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 1e-3, 1e-3);
        return new ImageVolume("", size, size, 1, pixels, geometry, 0, 1);
    }

    /** The echo's number is its contrast. */
    private static ImageVolume named(String name, ImageVolume volume) {
        int echo = name.charAt(5) - '1';
        return new ImageVolume(name, 128, 128, 1, volume.pixels(), volume.geometry(), echo, 1);
    }
}
