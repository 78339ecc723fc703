package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseFloorTest {
    /** A disc's k-space under noise that was put there and is found, or none, where the disc has 0.003 to 0.01. */
    @ParameterizedTest(name = "noise {0}, {3}")
    @CsvSource({
        "0, 128, 128, ALL, 2e-4",
        "1e-3, 128, 128, ALL, 2e-4",
        "1e-2, 129, 100, ALL, 1.2e-3",
        "0.1, 64, 64, ALL, 0.012",
        "1e-2, 128, 128, DISC, 1.2e-3",
        "0, 128, 128, DISC, 1e-3",
        "1e-2, 128, 127, LINES, 1.2e-3"
    })
    void noiseIsFoundBesideAnObject(double sigma, int sizeX, int sizeY, String part, double error) {
        ChannelGrid kspace = new ChannelGrid(2, sizeX, sizeY, 1);
        Random random = new Random(5);
        for (int i = 0; i < kspace.points(); i++) {
            double kx = i % sizeX - sizeX / 2;
            double ky = i / sizeX - sizeY / 2;
            boolean measured = switch (part) {
                case "DISC" -> Math.hypot(kx / sizeX, ky / sizeY) < 0.5;
                case "LINES" -> i / sizeX % 3 == 0;
                default -> true;
            };
            for (int channel = 0; channel < 2 && measured; channel++) {
                double signal = disc(Math.hypot(kx, ky)) * (1 + channel);
                double angle = 0.3 * kx - 0.2 * ky;
                kspace.real(channel)[i] = (float) (signal * Math.cos(angle) + sigma * random.nextGaussian());
                kspace.imaginary(channel)[i] = (float) (signal * Math.sin(angle) + sigma * random.nextGaussian());
            }
        }
        double found = Math.sqrt(NoiseFloor.variance(kspace) / 2);
        assertThat(found).isEqualTo(sigma, within(error));
    }

    /** A disc with a radius of 0.4 of the field of view, 10 at the centre of k-space, by what J1 is for large values. */
    private static double disc(double k) {
        double x = 2 * Math.PI * 0.4 * k;
        return x < 5 ? 10 : 20 * Math.sqrt(2 / Math.PI) * Math.pow(x, -1.5) * Math.cos(x - 0.75 * Math.PI);
    }
}
