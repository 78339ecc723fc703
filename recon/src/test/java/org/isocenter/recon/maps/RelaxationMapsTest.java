package org.isocenter.recon.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelaxationMapsTest {
    private static final PatientGeometry PLACE =
            new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 5e-3, 5e-3);
    private static final int VOXELS = 4000;
    private static final double[] ECHOES = {0.01, 0.02, 0.03, 0.05, 0.08, 0.12};
    private static final double[] INVERSIONS = {0.05, 0.1, 0.2, 0.35, 0.6, 1.2, 2.5};
    private static final double[] ANGLES = {
        Math.toRadians(4), Math.toRadians(10), Math.toRadians(18), Math.toRadians(30)
    };

    /** All voxels alike but for complex noise of deviation σ; magnitudes. */
    private static List<ImageVolume> images(double[] x, DoubleUnaryOperator signal, double sigma, Random random) {
        List<ImageVolume> images = new ArrayList<>();
        for (double each : x) {
            float[] pixels = new float[VOXELS];
            for (int i = 0; i < VOXELS; i++) {
                pixels[i] = (float) Math.hypot(
                        signal.applyAsDouble(each) + sigma * random.nextGaussian(), sigma * random.nextGaussian());
            }
            images.add(new ImageVolume("", VOXELS, 1, 1, pixels, PLACE, 0, 1));
        }
        return images;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double scatter(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / (values.length - 1));
    }

    /** Variances, not deviations, have the right mean. */
    private static double rms(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    private static double inverted(double seconds, double t1) {
        return 80 * (1 - 1.9 * Math.exp(-seconds / t1));
    }

    private static double spoiled(double angle, double t1, double transmit) {
        double e = Math.exp(-0.02 / t1);
        return 900 * Math.sin(angle * transmit) * (1 - e) / (1 - e * Math.cos(angle * transmit));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.008, 0.04, 0.25})
    void withoutNoiseADecayIsFoundAsItIs(double t2) {
        List<ImageVolume> images = images(ECHOES, te -> 100 * Math.exp(-te / t2), 0, new Random(1));
        List<ImageVolume> maps = RelaxationMaps.decay(images, ECHOES, Quantity.T2, 0, Double.NaN);
        assertThat(maps).extracting(ImageVolume::quantity).containsExactly(Quantity.T2, Quantity.T2_DEVIATION);
        assertThat(maps.get(0).pixel(7, 0, 0)).isCloseTo((float) (1000 * t2), within((float) t2));
        assertThat(maps.get(1).pixel(7, 0, 0)).isLessThan((float) t2);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.29, 0.9, 1.8})
    void withoutNoiseARecoveryIsFoundWithoutItsSigns(double t1) {
        List<ImageVolume> images = images(INVERSIONS, ti -> inverted(ti, t1), 0, new Random(1));
        List<ImageVolume> maps = RelaxationMaps.recovery(images, INVERSIONS, Double.NaN);
        assertThat(maps.get(0).pixel(7, 0, 0)).isCloseTo((float) (1000 * t1), within((float) t1));
        assertThat(maps.get(1).quantity()).isEqualTo(Quantity.T1_DEVIATION);
    }

    @ParameterizedTest
    @CsvSource({"0.1, 1", "0.3, 0.85", "1.2, 1.1"})
    void withoutNoiseFlipAnglesGiveT1WhenTheTransmitFieldIsKnown(double t1, double transmit) {
        List<ImageVolume> images = images(ANGLES, a -> spoiled(a, t1, transmit), 0, new Random(1));
        float[] percent = new float[VOXELS];
        Arrays.fill(percent, (float) (100 * transmit));
        List<ImageVolume> maps = RelaxationMaps.flipAngles(images, ANGLES, 0.02, percent, Double.NaN);
        assertThat(maps.get(0).pixel(7, 0, 0)).isCloseTo((float) (1000 * t1), within((float) t1));
        // Without it T1 is wrong by the field's square.
        List<ImageVolume> blind = RelaxationMaps.flipAngles(images, ANGLES, 0.02, null, Double.NaN);
        assertThat(blind.get(0).pixel(7, 0, 0) / (1000 * t1))
                .isCloseTo(transmit * transmit, within(transmit == 1 ? 1e-3 : 0.06));
    }

    @ParameterizedTest
    @CsvSource({"decay, 11", "recovery, 12", "angles, 13"})
    void theDeviationIsThatOfTheValuesInNoise(String kind, long seed) {
        Random random = new Random(seed);
        List<ImageVolume> maps = switch (kind) {
            case "decay" ->
                RelaxationMaps.decay(
                        images(ECHOES, te -> 100 * Math.exp(-te / 0.06), 1.5, random),
                        ECHOES,
                        Quantity.T2_STAR,
                        0,
                        Double.NaN);
            case "recovery" ->
                RelaxationMaps.recovery(images(INVERSIONS, ti -> inverted(ti, 0.3), 1, random), INVERSIONS, Double.NaN);
            default ->
                RelaxationMaps.flipAngles(
                        images(ANGLES, a -> spoiled(a, 0.3, 1), 0.4, random), ANGLES, 0.02, null, Double.NaN);
        };
        double scatter = scatter(maps.get(0).pixels());
        assertThat(rms(maps.get(1).pixels())).as("seed %d", seed).isCloseTo(scatter, within(0.15 * scatter));
        double expected = kind.equals("decay") ? 60 : 300;
        assertThat(mean(maps.get(0).pixels())).isCloseTo(expected, within(0.02 * expected));
    }

    @Test
    void ofTwoImagesTheDeviationComesFromTheNoiseLevel() {
        double[] two = {0.01, 0.06};
        long seed = 21;
        List<ImageVolume> images = images(two, te -> 100 * Math.exp(-te / 0.06), 1.5, new Random(seed));
        List<ImageVolume> maps = RelaxationMaps.decay(images, two, Quantity.T2, 0, 1.5);
        double scatter = scatter(maps.get(0).pixels());
        assertThat(rms(maps.get(1).pixels())).as("seed %d", seed).isCloseTo(scatter, within(0.15 * scatter));
        assertThat(RelaxationMaps.decay(images, two, Quantity.T2, 0, Double.NaN)
                        .get(1)
                        .pixel(0, 0, 0))
                .isNaN();
    }

    /** Late echoes that are half noise would make T2 far too long. */
    @Test
    void theFloorKeepsNoiseFromLengtheningADecay() {
        double[] long8 = {0.01, 0.03, 0.05, 0.07, 0.09, 0.11, 0.13, 0.15};
        long seed = 31;
        List<ImageVolume> images = images(long8, te -> 100 * Math.exp(-te / 0.03), 6, new Random(seed));
        double plain = mean(
                RelaxationMaps.decay(images, long8, Quantity.T2, 0, 6).get(0).pixels());
        double above = mean(
                RelaxationMaps.decay(images, long8, Quantity.T2, 6, 6).get(0).pixels());
        assertThat(plain).isGreaterThan(33);
        assertThat(above).as("seed %d", seed).isCloseTo(30, within(1.5));
    }

    @Test
    void theOrderOfImagesDoesNotMatterAndEmptyVoxelsAreZero() {
        double[] shuffled = {0.05, 0.01, 0.12, 0.02, 0.08, 0.03};
        List<ImageVolume> images = images(shuffled, te -> 100 * Math.exp(-te / 0.04), 0, new Random(1));
        images.forEach(image -> image.pixels()[5] = 0.01f);
        ImageVolume map = RelaxationMaps.decay(images, shuffled, Quantity.T2, 0, Double.NaN)
                .get(0);
        assertThat(map.pixel(4, 0, 0)).isCloseTo(40, within(0.04f));
        assertThat(map.pixel(5, 0, 0)).isZero();
    }
}
