package org.isocenter.recon.fft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CentredFftTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 8, 15, 16, 97, 100, 210, 256})
    void everyLengthAgreesWithTheSumItStandsFor(int length) {
        Random random = new Random(length);
        float[] real = random(random, length);
        float[] imaginary = random(random, length);
        CentredFft fft = new CentredFft(length);
        fft.load(real, imaginary, 0, 1);
        fft.inverse();
        float[] gotReal = new float[length];
        float[] gotImaginary = new float[length];
        fft.store(gotReal, gotImaginary, 0, 1, 0, length);
        int c = length / 2;
        for (int n = 0; n < length; n++) {
            double sumReal = 0;
            double sumImaginary = 0;
            for (int k = 0; k < length; k++) {
                double phase = 2 * Math.PI * (k - c) * (n - c) / length;
                sumReal += real[k] * Math.cos(phase) - imaginary[k] * Math.sin(phase);
                sumImaginary += real[k] * Math.sin(phase) + imaginary[k] * Math.cos(phase);
            }
            assertThat((double) gotReal[n]).as("seed %d real %d", length, n).isEqualTo(sumReal, within(2e-6 * length));
            assertThat((double) gotImaginary[n])
                    .as("seed %d imaginary %d", length, n)
                    .isEqualTo(sumImaginary, within(2e-6 * length));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 12, 97})
    void forthAndBackMultiplyByTheLength(int length) {
        Random random = new Random(length);
        float[] real = random(random, length);
        float[] imaginary = random(random, length);
        float[] kReal = new float[length];
        float[] kImaginary = new float[length];
        CentredFft fft = new CentredFft(length);
        fft.load(real, imaginary, 0, 1);
        fft.forward();
        fft.store(kReal, kImaginary, 0, 1, 0, length);
        fft.load(kReal, kImaginary, 0, 1);
        fft.inverse();
        fft.store(kReal, kImaginary, 0, 1, 0, length);
        for (int n = 0; n < length; n++) {
            assertThat(kReal[n] / length).as("seed %d real %d", length, n).isEqualTo(real[n], within(1e-5f));
            assertThat(kImaginary[n] / length)
                    .as("seed %d imaginary %d", length, n)
                    .isEqualTo(imaginary[n], within(1e-5f));
        }
    }

    @Test
    void columnsOfAPlaneAreTakenWithAStrideAndCropped() {
        float[] real = new float[3 * 8];
        float[] imaginary = new float[3 * 8];
        // A flat spectrum in column 1 is a point on the centre, pixel 4.
        for (int k = 0; k < 8; k++) {
            real[3 * k + 1] = 1;
        }
        CentredFft fft = new CentredFft(8);
        fft.load(real, imaginary, 1, 3);
        fft.inverse();
        float[] gotReal = new float[12];
        float[] gotImaginary = new float[12];
        fft.store(gotReal, gotImaginary, 2, 3, 3, 3);
        assertThat(gotReal).containsExactly(0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0);
    }

    @Test
    void pixelsBeyondTheLineAreZero() {
        float[] one = {1, 1};
        CentredFft fft = new CentredFft(2);
        fft.load(one, new float[2], 0, 1);
        fft.inverse();
        float[] got = {9, 9, 9, 9};
        fft.store(got, new float[4], 0, 1, -1, 4);
        assertThat(got).containsExactly(0, 0, 2, 0);
    }

    private static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat() * 2 - 1;
        }
        return values;
    }
}
