package org.isocenter.recon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;

/** A disc of one tissue with spots of another, under a coil whose sensitivity falls to a quarter from top to bottom. */
class IntensityCorrectionTest {
    private static final int SIZE = 128;
    private static final double SPOT = 1.5;

    private static double sensitivity(int at) {
        double x = (at % SIZE - 64) / 64.0;
        double y = (at / SIZE % SIZE - 64) / 64.0;
        return Math.exp(-0.9 * y - 0.3 * x * x);
    }

    private static double tissue(int at) {
        int x = at % SIZE - 64;
        int y = at / SIZE % SIZE - 64;
        if (Math.hypot(x, y) > 55) {
            return 0;
        }
        return Math.hypot(Math.floorMod(x, 24) - 12, Math.floorMod(y, 24) - 12) < 5 ? SPOT : 1;
    }

    private static ChannelGrid image() {
        ChannelGrid image = new ChannelGrid(1, SIZE, SIZE, 1);
        for (int i = 0; i < image.points(); i++) {
            image.real(0)[i] = (float) (200 * tissue(i) * sensitivity(i));
        }
        return image;
    }

    /** Of the plain tissue: largest over smallest value within the disc. */
    private static double range(float[] pixels, double radius) {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < pixels.length; i++) {
            if (tissue(i) == 1 && Math.hypot(i % SIZE - 64, i / SIZE - 64) < radius) {
                least = Math.min(least, pixels[i]);
                most = Math.max(most, pixels[i]);
            }
        }
        return most / least;
    }

    @Test
    void aPolynomialFindsTheShadingAndLeavesTissuesApart() {
        ChannelGrid image = image();
        float[] shading = IntensityCorrection.polynomial(image.real(0), SIZE, SIZE, 1, 3);
        float[] even = IntensityCorrection.divided(image, shading, 0).real(0);
        assertThat(range(image.real(0), 54)).isGreaterThan(4);
        assertThat(range(even, 54)).isLessThan(1.02);
        int spot = (64 + 12) * SIZE + 64 + 12;
        int beside = (64 + 12) * SIZE + 64;
        assertThat(even[spot] / even[beside]).isCloseTo((float) SPOT, within(0.02f));
        assertThat(even[beside]).isCloseTo(200, within(50f));
    }

    @Test
    void aLowPassEvensOutWhatIsSlow() {
        ChannelGrid image = image();
        float[] shading = IntensityCorrection.lowPass(image.real(0), SIZE, SIZE, 1, 20, 20, 0);
        float[] even = IntensityCorrection.divided(image, shading, 0.05).real(0);
        assertThat(range(even, 40)).isLessThan(0.45 * range(image.real(0), 40));
    }

    @Test
    void regularisationDoesNotRaiseNoiseWithoutEnd() {
        ChannelGrid noise = new ChannelGrid(1, 3, 1, 1);
        Arrays.fill(noise.real(0), 1);
        float[] even = IntensityCorrection.divided(noise, new float[] {1, 1e-3f, 0}, 0.1)
                .real(0);
        assertThat(even[0]).isCloseTo(1, within(1e-6f));
        assertThat(even[1]).isLessThan(0.2f);
        assertThat(even[2]).isZero();
    }

    @Test
    void aSlabsShadingIsFoundAcrossItsSlices() {
        int slices = 7;
        ChannelGrid image = new ChannelGrid(1, SIZE, SIZE, slices);
        for (int i = 0; i < image.points(); i++) {
            int slice = i / (SIZE * SIZE);
            image.real(0)[i] = (float) (200 * tissue(i % (SIZE * SIZE)) * sensitivity(i) * Math.exp(-0.1 * slice));
        }
        float[] shading = IntensityCorrection.polynomial(image.real(0), SIZE, SIZE, slices, 2);
        float[] even = IntensityCorrection.divided(image, shading, 0).real(0);
        int at = 64 * SIZE + 64;
        assertThat(even[at + 6 * SIZE * SIZE]).isCloseTo(even[at], within(0.02f * even[at]));
    }
}
