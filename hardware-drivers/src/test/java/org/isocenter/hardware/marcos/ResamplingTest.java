package org.isocenter.hardware.marcos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplingTest {
    private static ReceiveWindow window(int samples, double dwellClocks, int decimation) {
        return new ReceiveWindow(0, samples, dwellClocks, decimation, 0, 0, 0, null);
    }

    /** What a tone gives after the receiver's filter, and what it should give at the times asked for. Cosine part. */
    private static double largestError(ReceiveWindow window, double turnsPerDwell, double phase, int stages) {
        return largestError(window, turnsPerDwell, phase, stages, 0);
    }

    /** @param ends samples at both ends that are left out */
    private static double largestError(ReceiveWindow window, double turnsPerDwell, double phase, int stages, int ends) {
        Resampling resampling = new Resampling(window, stages);
        double[] received = new double[window.used() + 1];
        double x = Math.PI * turnsPerDwell * window.decimation() / window.dwellClocks();
        double gain = stages == 0 || x == 0 ? 1 : Math.pow(Math.sin(x) / x, stages);
        for (int m = 0; m < window.used(); m++) {
            double dwells = (m + 0.5) * window.decimation() / window.dwellClocks();
            received[m + 1] = gain * Math.cos(2 * Math.PI * turnsPerDwell * dwells + phase);
        }
        double largest = 0;
        for (int n = ends; n < window.samples() - ends; n++) {
            double expected = Math.cos(2 * Math.PI * turnsPerDwell * (n + 0.5) + phase);
            largest = Math.max(largest, Math.abs(resampling.sample(n, received, 1) - expected));
        }
        return largest;
    }

    @ParameterizedTest
    @CsvSource({
        // samples, clocks per sample, decimation, filter stages
        "128, 1228.8, 410, 0",
        "64, 6144, 2048, 0",
        "512, 614.4, 205, 0",
        "300, 61.44, 20, 0",
        "64, 12.288, 4, 0",
        "128, 1228.8, 307, 6",
        "100, 9830.4, 3277, 0",
        "500, 122.88, 31, 6",
        "5, 1228.8, 307, 0"
    })
    void tonesAreTrueToTheWindowsEndsAndBestInTheMiddleOfTheBand(
            int samples, double dwellClocks, int decimation, int stages) {
        long seed = 20;
        Random random = new Random(seed);
        ReceiveWindow window = window(samples, dwellClocks, decimation);
        for (int i = 0; i < 40; i++) {
            double part = 2 * random.nextDouble() - 1;
            double phase = 2 * Math.PI * random.nextDouble();
            assertThat(largestError(window, part / 6, phase, stages, 4))
                    .as("%f of the middle third, seed %d", part, seed)
                    .isLessThan(1e-3);
            assertThat(largestError(window, part / 6, phase, stages))
                    .as("%f of the middle third, seed %d", part, seed)
                    .isLessThan(7e-3);
            assertThat(largestError(window, 0.25 * part, phase, stages))
                    .as("%f of the middle half, seed %d", part, seed)
                    .isLessThan(1.5e-2);
            assertThat(largestError(window, 0.45 * part, phase, stages, 4))
                    .as("%f of the band, seed %d", part, seed)
                    .isLessThan(0.06);
        }
    }

    @ParameterizedTest
    @CsvSource({"64, 2457.6, 0.002", "128, 1228.8, 0.003", "650, 774.144, 0.02"})
    void aWindowReceivedOneForOneIsTrueToItsEndInTheMiddleOfTheBand(int samples, double dwellClocks, double most) {
        long seed = 22;
        Random random = new Random(seed);
        ReceiveWindow window = window(samples, dwellClocks, (int) Math.rint(dwellClocks));
        for (int i = 0; i < 20; i++) {
            double turns = 0.2 * (2 * random.nextDouble() - 1);
            assertThat(largestError(window, turns, 2 * Math.PI * random.nextDouble(), 0))
                    .as("%f turns per dwell, seed %d", turns, seed)
                    .isLessThan(most);
        }
    }

    @Test
    void noiseFromOutsideTheBandIsLeftOut() {
        long seed = 21;
        Random random = new Random(seed);
        ReceiveWindow window = window(256, 1228.8, 307);
        Resampling resampling = new Resampling(window, 0);
        double power = 0;
        double atTheEnds = 0;
        int scans = 100;
        for (int scan = 0; scan < scans; scan++) {
            double[] received = new double[window.used()];
            for (int m = 0; m < received.length; m++) {
                received[m] = random.nextGaussian();
            }
            for (int n = 0; n < 256; n++) {
                double square = Math.pow(resampling.sample(n, received, 0), 2);
                power += square / (256 * scans);
                atTheEnds += n == 0 || n == 255 ? square / (2 * scans) : 0;
            }
        }
        // Four samples for one, white: a quarter of the power is in the band.
        assertThat(power).as("seed %d", seed).isCloseTo(0.25, within(0.01));
        assertThat(atTheEnds).as("seed %d", seed).isLessThan(0.4);
    }

    @Test
    void whatIsExactIsLeftAlone() {
        assertThat(window(100, 1024, 1024).exact()).isTrue();
        assertThat(window(100, 1024, 512).exact()).isFalse();
        assertThat(window(100, 1228.8, 1229).exact()).isFalse();
        assertThat(window(100, 1024, 512).received()).isEqualTo(200);
        assertThat(window(100, 1228.8, 1229).received()).isEqualTo(100);
        assertThat(window(100, 1228.8, 1228).received()).isEqualTo(101);
    }
}
