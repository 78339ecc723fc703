package org.isocenter.recon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageQualityTest {
    /** A square of height 1 in complex noise of the given σ. */
    @ParameterizedTest
    @CsvSource({"1,10", "2,25", "3,100"})
    void theRatioThatWentInComesOut(long seed, double ratio) {
        ImageVolume volume = squareInNoise(seed, 1, 1 / ratio);
        assertThat(ImageQuality.snr(volume)).as("seed %d", seed).isEqualTo(ratio, within(0.03 * ratio));
    }

    @Test
    void anObjectInACornerIsNotTakenForNoise() {
        ImageVolume volume = squareInNoise(6, 1, 0.05);
        for (int row = 0; row < 20; row++) {
            Arrays.fill(volume.pixels(), row * 128, row * 128 + 20, 1);
        }
        assertThat(ImageQuality.snr(volume)).isEqualTo(20, within(0.6));
    }

    @Test
    void withoutABackgroundThereIsNoFigure() {
        assertThat(ImageQuality.snr(squareInNoise(4, 1, 0))).isNaN();
        assertThat(ImageQuality.snr(volume(4, new float[16]))).isNaN();
    }

    @Test
    void withoutASignalThereIsNoFigure() {
        assertThat(ImageQuality.snr(squareInNoise(5, 0, 1))).isNaN();
    }

    private static ImageVolume squareInNoise(long seed, double height, double sigma) {
        Random random = new Random(seed);
        int size = 128;
        float[] pixels = new float[size * size];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % size - size / 2;
            int y = i / size - size / 2;
            double signal = Math.abs(x) < 30 && Math.abs(y) < 30 ? height : 0;
            pixels[i] = (float) Math.hypot(signal + sigma * random.nextGaussian(), sigma * random.nextGaussian());
        }
        return volume(size, pixels);
    }

    private static ImageVolume volume(int size, float[] pixels) {
        PatientGeometry geometry = new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 1e-3, 1e-3);
        return new ImageVolume("", size, size, 1, pixels, geometry, 0, 1);
    }
}
