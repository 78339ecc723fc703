package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.ScanHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.image.AverageHalves;
import org.isocenter.recon.image.SignalToNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image that is as bright everywhere: all of its signal is in the middle of k-space. */
class AverageHalvesTest {
    private static final int SIZE = 64;

    private static RawData raw(int averages, double middle, double sigma, long seed) {
        Random random = new Random(seed);
        ScanHeader like = new SpotScan(0.005).raw(Map.of()).header();
        Vec3 fov = new Vec3(0.2, 0.2, 0.01);
        Encoding encoding = new Encoding(
                SIZE,
                SIZE,
                1,
                fov,
                SIZE,
                SIZE,
                1,
                fov,
                EncodingLimits.ofCount(SIZE),
                EncodingLimits.NONE,
                1,
                averages,
                1,
                1,
                0,
                Encoding.Trajectory.CARTESIAN,
                1);
        ScanHeader header = new ScanHeader(
                "", "", null, like.study(), like.scanner(), like.sequence(), List.of(encoding), Map.of());
        List<Readout> readouts = new ArrayList<>();
        for (int average = 0; average < averages; average++) {
            for (int line = 0; line < SIZE; line++) {
                float[] re = new float[SIZE];
                float[] im = new float[SIZE];
                for (int s = 0; s < SIZE; s++) {
                    boolean isMiddle = line == SIZE / 2 && s == SIZE / 2;
                    re[s] = (float) ((isMiddle ? middle : 0) + sigma * random.nextGaussian());
                    im[s] = (float) (sigma * random.nextGaussian());
                }
                EncodingCounters counters = new EncodingCounters(line, 0, average, 0, 0, 0, 0, 0, 0);
                readouts.add(new Readout(
                        new ReadoutHeader(
                                readouts.size(),
                                0,
                                counters,
                                SIZE,
                                1,
                                SIZE / 2,
                                0,
                                0,
                                1e-5,
                                0,
                                0,
                                EncodingGeometry.AXIAL),
                        re,
                        im));
            }
        }
        return RawData.of(header, readouts);
    }

    /** Noise adds up over the samples, and becomes less by the root of the averages. */
    @ParameterizedTest
    @CsvSource({"2, 1", "3, 2", "6, 3"})
    void twoHalvesOfTheAveragesTellTheNoiseOfAll(int averages, long seed) {
        double expected = 40;
        double sigma = 1e-3;
        RawData raw = raw(averages, expected * sigma * SIZE / Math.sqrt(averages), sigma, seed);
        Reconstruction reconstruction = StandardChains.reconstruction(StandardChains.CARTESIAN);
        List<SignalToNoise> found = AverageHalves.of(reconstruction.reconstruct(raw), raw, reconstruction, () -> false);
        assertThat(found).hasSize(1);
        assertThat(found.get(0).method()).isEqualTo(SignalToNoise.DIFFERENCE);
        assertThat(found.get(0).value()).as("seed %d", seed).isCloseTo(expected, within(0.04 * expected));
    }

    @Test
    void withoutAveragesItIsAsWithout() {
        RawData raw = raw(1, 1, 1e-3, 4);
        Reconstruction reconstruction = StandardChains.reconstruction(StandardChains.CARTESIAN);
        Reconstruction.Result result = reconstruction.reconstruct(raw);
        assertThat(AverageHalves.of(result, raw, reconstruction, () -> false))
                .isEqualTo(SignalToNoise.of(result, raw.header()));
    }
}
