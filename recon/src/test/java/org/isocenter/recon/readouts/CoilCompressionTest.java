package org.isocenter.recon.readouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.chain.RawSteps;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.recon.layout.ArrayScan;
import org.isocenter.recon.layout.NpyFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoilCompressionTest {
    private static final int CHANNELS = 6;
    private static final int SOURCES = 2;
    private static final int LINES = 5;
    private static final int SAMPLES = 8;

    @TempDir
    Path folder;

    /** What two sources sent is in two virtual channels: the energy of each sample stays, whatever the mixture. */
    @Test
    void asManyChannelsAsSourcesHoldAllOfEverySample() throws Exception {
        RawData raw = mixtures(7);
        List<String> notes = new ArrayList<>();
        RawData compressed = RawSteps.run(new CoilCompressionStep(SOURCES), raw, notes);
        assertThat(compressed.size()).isEqualTo(LINES);
        double first = 0;
        double second = 0;
        for (int line = 0; line < LINES; line++) {
            Readout readout = compressed.readout(line);
            assertThat(readout.header().channels()).isEqualTo(SOURCES);
            for (int sample = 0; sample < SAMPLES; sample++) {
                double expected = energy(raw.readout(line), sample);
                assertThat(energy(readout, sample)).isCloseTo(expected, within(1e-5 * (1 + expected)));
                first += energy(readout, 0, sample);
                second += energy(readout, 1, sample);
            }
        }
        assertThat(first).as("the first virtual channel holds most").isGreaterThan(second);
        assertThat(notes).anyMatch(note -> note.contains("6 channels") && note.contains("100.00 %"));
    }

    @Test
    void noiseReadoutsTellNothingAndAreMixedToo() throws Exception {
        RawData raw = mixtures(8);
        RawData withNoise = new RawData(raw.header(), LINES + 1);
        Readout loud = raw.readout(0);
        float[] real = new float[loud.real().length];
        real[(CHANNELS - 1) * SAMPLES] = 1e6f;
        withNoise.append(
                new Readout(loud.header().withFlags(AcquisitionFlags.NOISE_MEASUREMENT), real, new float[real.length]));
        for (int i = 0; i < LINES; i++) {
            withNoise.append(raw.readout(i));
        }
        CoilCompressionStep step = new CoilCompressionStep(SOURCES);
        RawData without = RawSteps.run(step, raw, new ArrayList<>());
        RawData with = RawSteps.run(step, withNoise, new ArrayList<>());
        assertThat(with.readout(0).header().channels()).isEqualTo(SOURCES);
        assertThat(with.readout(1).real()).isEqualTo(without.readout(0).real());
    }

    @Test
    void dataOfNoMoreChannelsStayAsTheyAre() throws Exception {
        RawData raw = mixtures(9);
        assertThat(RawSteps.run(new CoilCompressionStep(CHANNELS), raw, new ArrayList<>()))
                .isSameAs(raw);
    }

    private static double energy(Readout readout, int sample) {
        double sum = 0;
        for (int channel = 0; channel < readout.header().channels(); channel++) {
            sum += energy(readout, channel, sample);
        }
        return sum;
    }

    private static double energy(Readout readout, int channel, int sample) {
        int at = channel * SAMPLES + sample;
        return Math.pow(readout.real()[at], 2) + Math.pow(readout.imaginary()[at], 2);
    }

    private RawData mixtures(long seed) throws Exception {
        Random random = new Random(seed);
        float[] real = new float[CHANNELS * LINES * SAMPLES];
        float[] imaginary = new float[real.length];
        for (int source = 0; source < SOURCES; source++) {
            float[] weights = gaussians(random, 2 * CHANNELS);
            float[] signal = gaussians(random, 2 * LINES * SAMPLES);
            for (int i = 0; i < real.length; i++) {
                int channel = i / (LINES * SAMPLES);
                int at = i % (LINES * SAMPLES);
                real[i] += weights[2 * channel] * signal[2 * at] - weights[2 * channel + 1] * signal[2 * at + 1];
                imaginary[i] += weights[2 * channel] * signal[2 * at + 1] + weights[2 * channel + 1] * signal[2 * at];
            }
        }
        Path file = folder.resolve("k.npy");
        NpyFile.write(file, new int[] {CHANNELS, LINES, SAMPLES}, real, imaginary);
        return ArrayReader.read(ArrayFile.need(file), ArrayScan.UNTOLD).raw();
    }

    private static float[] gaussians(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
