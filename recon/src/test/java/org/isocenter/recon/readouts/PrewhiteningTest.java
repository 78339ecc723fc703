package org.isocenter.recon.readouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.cartesian.PointScan;
import org.isocenter.recon.chain.RawSteps;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.parallel.HermitianMatrix;
import org.isocenter.recon.parallel.NoiseCovariance;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrewhiteningTest {
    private static final double DWELL = 1e-5;
    private static final Encoding ENCODING = PointScan.encoding(8, 8, 1, 1);

    @TempDir
    Path folder;

    /** White noise of deviation 1, mixed so that each channel has a part of those before it, and a size of its own. */
    private static Readout noise(long seed, int channels, int samples, long flags, double dwell, double factor) {
        Random random = new Random(seed);
        float[] real = new float[channels * samples];
        float[] imaginary = new float[channels * samples];
        for (int c = 0; c < channels; c++) {
            for (int s = 0; s < samples; s++) {
                int at = c * samples + s;
                double re = random.nextGaussian();
                double im = random.nextGaussian();
                if (c > 0) {
                    re += 0.5 * real[at - samples] - 0.3 * imaginary[at - samples];
                    im += 0.5 * imaginary[at - samples] + 0.3 * real[at - samples];
                }
                real[at] = (float) ((c + 1) * re);
                imaginary[at] = (float) ((c + 1) * im);
            }
        }
        for (int i = 0; i < real.length; i++) {
            real[i] *= (float) factor;
            imaginary[i] *= (float) factor;
        }
        return new Readout(header(channels, samples, flags, dwell), real, imaginary);
    }

    private static ReadoutHeader header(int channels, int samples, long flags, double dwell) {
        return new ReadoutHeader(
                0, flags, EncodingCounters.ZERO, samples, channels, 0, 0, 0, dwell, 0, 0, EncodingGeometry.AXIAL);
    }

    private static HermitianMatrix covariance(Readout readout) {
        int samples = readout.header().samples();
        ChannelGrid grid = new ChannelGrid(readout.header().channels(), samples, 1, 1);
        for (int c = 0; c < grid.channels(); c++) {
            System.arraycopy(readout.real(), c * samples, grid.real(c), 0, samples);
            System.arraycopy(readout.imaginary(), c * samples, grid.imaginary(c), 0, samples);
        }
        return NoiseCovariance.of(grid);
    }

    private static RawData whiten(RawData raw, List<String> notes) {
        return RawSteps.run(new PrewhiteningStep("", 1), raw, notes);
    }

    /** The closed form: W Ψ Wᴴ = 2 I for complex noise, 1 in either part. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theMeasuredNoiseBecomesWhiteWithADeviationOfOne(int channels) {
        Readout noise = noise(channels, channels, 200, AcquisitionFlags.NOISE_MEASUREMENT, DWELL, 1e-6);
        List<String> notes = new ArrayList<>();
        RawData white = whiten(PointScan.raw(ENCODING, List.of(noise)), notes);
        HermitianMatrix covariance = covariance(white.readout(0));
        for (int row = 0; row < channels; row++) {
            for (int column = 0; column < channels; column++) {
                assertThat(covariance.real(row, column)).isEqualTo(row == column ? 2 : 0, within(1e-4));
                assertThat(covariance.imaginary(row, column)).isEqualTo(0, within(1e-4));
            }
        }
        assertThat(notes)
                .singleElement()
                .asString()
                .startsWith("noise of " + channels + " channels was whitened by 200");
    }

    @Test
    void noiseOfAnotherBandwidthIsScaledByTheDwellTimes() {
        Readout noise = noise(3, 2, 4000, AcquisitionFlags.NOISE_MEASUREMENT, DWELL, 1);
        // Four times the dwell time has a quarter of the bandwidth and half of the noise.
        Readout slower = noise(4, 2, 4000, 0, 4 * DWELL, 0.5);
        RawData white = whiten(PointScan.raw(ENCODING, List.of(noise, slower)), new ArrayList<>());
        HermitianMatrix covariance = covariance(white.readout(1));
        assertThat(covariance.real(0, 0)).isEqualTo(2, within(0.15));
        assertThat(covariance.real(1, 1)).isEqualTo(2, within(0.15));
        assertThat(covariance.real(0, 1)).isEqualTo(0, within(0.1));

        RawData damped = RawSteps.run(
                new PrewhiteningStep("", 0.64), PointScan.raw(ENCODING, List.of(noise, slower)), new ArrayList<>());
        assertThat(damped.readout(1).real()[7])
                .isEqualTo(0.8f * white.readout(1).real()[7], within(1e-6f));
    }

    /** Samples are worked out when they are asked for: any part of them is that of the whole. */
    @Test
    void anyPartOfTheSamplesIsThatOfTheWhole() {
        Readout noise = noise(3, 4, 400, AcquisitionFlags.NOISE_MEASUREMENT, DWELL, 1);
        Readout line = noise(4, 4, 13, 0, DWELL, 2);
        Readout now = whiten(PointScan.raw(ENCODING, List.of(noise, line)), new ArrayList<>())
                .readout(1);
        Whitening whitening = new Whitening(covariance(noise));
        Readout white = new Readout(line.header(), new WhitenedSamples(line, whitening, Math.sqrt(2)));
        assertThat(white.real()).containsExactly(now.real());
        for (int from = 0; from < 52; from += 3) {
            for (int count = 0; from + count <= 52; count += 7) {
                float[] real = new float[60];
                float[] imaginary = new float[60];
                white.samples().copy(from, count, real, imaginary, 5);
                assertThat(Arrays.copyOfRange(real, 5, 5 + count))
                        .containsExactly(Arrays.copyOfRange(white.real(), from, from + count));
                assertThat(Arrays.copyOfRange(imaginary, 5, 5 + count))
                        .containsExactly(Arrays.copyOfRange(white.imaginary(), from, from + count));
                assertThat(real[5 + count]).isZero();
            }
        }
    }

    @Test
    void dataWithoutNoiseReadoutsStayAsTheyAre() {
        RawData raw = PointScan.raw(ENCODING, List.of(noise(1, 2, 16, 0, DWELL, 1)));
        assertThat(whiten(raw, new ArrayList<>())).isSameAs(raw);
    }

    @Test
    void aDeadChannelIsNamedAndTheDataStayAsTheyAre() {
        Readout noise = noise(5, 2, 50, AcquisitionFlags.NOISE_MEASUREMENT, DWELL, 1);
        Readout dead = new Readout(
                header(3, 50, AcquisitionFlags.NOISE_MEASUREMENT, DWELL),
                Arrays.copyOf(noise.real(), 150),
                Arrays.copyOf(noise.imaginary(), 150));
        List<String> notes = new ArrayList<>();
        RawData raw = PointScan.raw(ENCODING, List.of(dead));
        assertThat(whiten(raw, notes)).isSameAs(raw);
        assertThat(notes).containsExactly("the noise was not whitened: channel 2 has no noise");
    }

    @Test
    void aNoiseScanDoesInPlaceOfNoiseReadouts() throws Exception {
        Path file = folder.resolve("noise.h5");
        MrdFile.write(PointScan.raw(ENCODING, List.of(noise(7, 2, 300, 0, DWELL, 1))), file);
        RawData raw = PointScan.raw(ENCODING, List.of(noise(7, 2, 300, 0, DWELL, 1)));
        RawData white = RawSteps.run(new PrewhiteningStep(file.toString(), 1), raw, new ArrayList<>());
        assertThat(covariance(white.readout(0)).real(1, 1)).isEqualTo(2, within(1e-4));

        assertThatThrownBy(() -> ReadoutSteps.ALL.get(0).with(Map.of("noise-scan", "missing.h5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'noise-scan': no such file (missing.h5)");
    }

    /** BART's whitening matrix is the same up to its normalisation, one scale factor. */
    @Test
    void bartWhitensTheSame() throws Exception {
        Assumptions.assumeTrue(Peer.isInstalled("bart"));
        int channels = 4;
        Readout noise = noise(11, channels, 500, AcquisitionFlags.NOISE_MEASUREMENT, DWELL, 1);
        Readout data = noise(12, channels, 30, 0, DWELL, 3);
        writeCfl("noise", noise);
        writeCfl("data", data);
        Peer.Output run = Peer.run(List.of("bart", "whiten", base("data"), base("noise"), base("white")));
        assertThat(run.exitCode()).as(run.text()).isZero();
        RawData white = whiten(PointScan.raw(ENCODING, List.of(noise, data)), new ArrayList<>());
        float[] theirs = readCfl("white");
        Readout ours = white.readout(1);
        double scale = Math.hypot(ours.real()[0], ours.imaginary()[0]) / Math.hypot(theirs[0], theirs[1]);
        for (int i = 0; i < ours.real().length; i++) {
            assertThat((double) ours.real()[i]).isEqualTo(scale * theirs[2 * i], within(1e-4));
            assertThat((double) ours.imaginary()[i]).isEqualTo(scale * theirs[2 * i + 1], within(1e-4));
        }
    }

    private String base(String name) {
        return folder.resolve(name).toString();
    }

    /** Samples along the first axis, channels along BART's fourth. */
    private void writeCfl(String name, Readout readout) throws Exception {
        int samples = readout.header().samples();
        Files.writeString(
                folder.resolve(name + ".hdr"),
                "# Dimensions\n" + samples + " 1 1 " + readout.header().channels() + " 1\n");
        ByteBuffer bytes = ByteBuffer.allocate(8 * readout.real().length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < readout.real().length; i++) {
            bytes.putFloat(readout.real()[i]).putFloat(readout.imaginary()[i]);
        }
        Files.write(folder.resolve(name + ".cfl"), bytes.array());
    }

    private float[] readCfl(String name) throws Exception {
        FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".cfl")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
        float[] all = new float[values.remaining()];
        values.get(all);
        return all;
    }
}
