package org.isocenter.recon.maps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isocenter.model.Diffusion;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.PatientGeometry;
import org.isocenter.model.Quantity;
import org.isocenter.model.Vec3;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.VolumeData;
import org.junit.jupiter.api.Test;

/** What maps tell of their own deviation, held against the scatter of voxels that are all alike but for noise. */
class MapDeviationTest {
    private static final int SIZE = 64;
    private static final PatientGeometry PLACE =
            new PatientGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z, 1e-3, 1e-3, 5e-3, 5e-3);

    private static void assertDeviationIsTheScatter(float[] values, float[] deviation, long seed) {
        double sum = 0;
        double squares = 0;
        double told = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i];
            squares += values[i] * values[i];
            told += deviation[i] * deviation[i];
        }
        double mean = sum / values.length;
        double scatter = Math.sqrt(squares / values.length - mean * mean);
        assertThat(Math.sqrt(told / values.length)).as("seed %d", seed).isCloseTo(scatter, within(0.15 * scatter));
    }

    private static VolumeData image(double signal, double sigma, Random random) {
        ChannelGrid values = new ChannelGrid(1, SIZE, SIZE, 1);
        for (int i = 0; i < values.points(); i++) {
            values.real(0)[i] = (float) (0.6 * signal + sigma * random.nextGaussian());
            values.imaginary(0)[i] = (float) (0.8 * signal + sigma * random.nextGaussian());
        }
        return new VolumeData("", values, PLACE, 0, 1, null, Quantity.MAGNITUDE, null);
    }

    @Test
    void ofTheTransmitField() {
        long seed = 41;
        Random random = new Random(seed);
        List<VolumeData> maps = TransmitMap.of(image(100, 1.5, random), image(65, 1.5, random), 5, Math.toRadians(60));
        assertThat(maps.get(1).quantity()).isEqualTo(Quantity.TRANSMIT_FIELD_DEVIATION);
        assertDeviationIsTheScatter(
                maps.get(0).values().real(0), maps.get(1).values().real(0), seed);
    }

    @Test
    void ofTheDiffusionCoefficientAlongSeveralDirections() {
        long seed = 42;
        Random random = new Random(seed);
        List<ImageVolume> images = new ArrayList<>();
        images.add(weighted(Diffusion.NONE, 100, random));
        for (double b : new double[] {200e6, 500e6, 800e6}) {
            images.add(weighted(new Diffusion(b, Vec3.X), 100 * Math.exp(-b * 1.5e-9), random));
            images.add(weighted(new Diffusion(b, Vec3.Y), 100 * Math.exp(-b * 0.6e-9), random));
            images.add(weighted(new Diffusion(b, Vec3.Z), 100 * Math.exp(-b * 0.9e-9), random));
        }
        List<ImageVolume> maps = DiffusionMap.of(images);
        assertDeviationIsTheScatter(maps.get(0).pixels(), maps.get(1).pixels(), seed);
        double mean = 0;
        for (float value : maps.get(0).pixels()) {
            mean += value / (SIZE * SIZE);
        }
        assertThat(mean).as("the mean of three directions").isCloseTo(1000, within(10.0));
    }

    private static ImageVolume weighted(Diffusion diffusion, double signal, Random random) {
        return new ImageVolume("", SIZE, SIZE, 1, image(signal, 2, random).magnitude(), PLACE, 0, 1, diffusion);
    }
}
