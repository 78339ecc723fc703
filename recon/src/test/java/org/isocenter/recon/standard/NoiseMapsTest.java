package org.isocenter.recon.standard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.Vec3;
import org.isocenter.recon.Reconstruction.Result;
import org.isocenter.recon.cartesian.PointScan;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps of noise, of a point of two channels beside a noise measurement. */
class NoiseMapsTest {
    private static final Encoding ENCODING = PointScan.encoding(16, 16, 1, 1);
    private static final Vec3 POINT = new Vec3(5.1e-3, -7.4e-3, 0);

    /**
     * The closed form of Kellman and McVeigh: noise of deviation 1 in each of N samples is one of √N in their sum, and a combination
     * with weights of unit norm leaves it.
     */
    @ParameterizedTest
    @ValueSource(strings = {"", "  - oversampling-removal\n"})
    void signalToNoiseIsThatOfWhitenedSamplesOverTheRootOfTheirNumber(String step) throws Exception {
        Result result = run(
                "chain: t\nsteps:\n  - prewhitening\n" + step
                        + "  - cartesian-grid\n  - transform\n  - root-sum-of-squares\n  - snr-map: {replicas: 200, seed: 7}\n");
        assertThat(result.volumes()).hasSize(2);
        ImageVolume image = result.volumes().get(0);
        ImageVolume map = result.volumes().get(1);
        assertThat(map.quantity()).isEqualTo(Quantity.SIGNAL_TO_NOISE);
        double root = Math.sqrt(ENCODING.encodedX() * ENCODING.encodedY());
        double ratios = 0;
        int count = 0;
        for (int i = 0; i < map.pixels().length; i++) {
            double expected = image.pixels()[i] / root;
            if (expected > 8) {
                assertThat(map.pixels()[i] / expected).isBetween(0.75, 1.25);
                ratios += map.pixels()[i] / expected;
                count++;
            }
        }
        assertThat(count).isGreaterThan(10);
        assertThat(ratios / count).isEqualTo(1, within(0.04));
    }

    @Test
    void withoutAMeasurementOfNoiseThereIsNoMapAndANoteSaysWhy() throws Exception {
        Encoding e = ENCODING;
        RawData raw = PointScan.raw(e, PointScan.lines(e, EncodingGeometry.AXIAL, POINT, 0));
        Result result = run("chain: t\nsteps: [cartesian-grid, transform, snr-map]\n", raw);
        assertThat(result.volumes()).hasSize(1);
        assertThat(result.notes()).anyMatch(note -> note.startsWith("no map of the signal-to-noise ratio"));
    }

    @Test
    void aFullMeasurementHasAGFactorOfOne() {
        Result result = StandardChains.reconstruction(StandardChains.G_FACTOR).reconstruct(scan());
        assertThat(result.volumes()).singleElement().satisfies(map -> {
            assertThat(map.quantity()).isEqualTo(Quantity.G_FACTOR);
            assertThat(map.pixels()).containsOnly(1);
        });
    }

    private static Result run(String yaml) throws Exception {
        return run(yaml, scan());
    }

    private static Result run(String yaml, RawData raw) throws Exception {
        return new ChainReconstruction(new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "test")).reconstruct(raw);
    }

    private static RawData scan() {
        Random random = new Random(4);
        List<Readout> lines = PointScan.lines(ENCODING, EncodingGeometry.AXIAL, POINT, 0);
        double dwell = lines.get(0).header().dwellSeconds();
        List<Readout> all = new ArrayList<>();
        all.add(noise(random, dwell));
        for (Readout line : lines) {
            int samples = line.header().samples();
            float[] real = new float[2 * samples];
            float[] imaginary = new float[2 * samples];
            for (int s = 0; s < samples; s++) {
                real[s] = 60 * line.real()[s];
                imaginary[s] = 60 * line.imaginary()[s];
                real[samples + s] = -30 * line.imaginary()[s];
                imaginary[samples + s] = 30 * line.real()[s];
            }
            all.add(new Readout(header(line.header(), samples, 0), real, imaginary));
        }
        return PointScan.raw(ENCODING, all);
    }

    /** Of two channels that share a part of it. */
    private static Readout noise(Random random, double dwell) {
        int samples = 20_000;
        float[] real = new float[2 * samples];
        float[] imaginary = new float[2 * samples];
        for (int s = 0; s < samples; s++) {
            real[s] = (float) random.nextGaussian();
            imaginary[s] = (float) random.nextGaussian();
            real[samples + s] = (float) (2 * random.nextGaussian() + 0.6 * real[s]);
            imaginary[samples + s] = (float) (2 * random.nextGaussian() + 0.6 * imaginary[s]);
        }
        ReadoutHeader header = new ReadoutHeader(
                0,
                AcquisitionFlags.NOISE_MEASUREMENT,
                EncodingCounters.ZERO,
                samples,
                2,
                0,
                0,
                0,
                dwell,
                0,
                0,
                EncodingGeometry.AXIAL);
        return new Readout(header, real, imaginary);
    }

    private static ReadoutHeader header(ReadoutHeader one, int samples, long flags) {
        return new ReadoutHeader(
                one.scanCounter(),
                flags,
                one.counters(),
                samples,
                2,
                one.centerSample(),
                one.discardPre(),
                one.discardPost(),
                one.dwellSeconds(),
                0,
                0,
                one.geometry());
    }
}
