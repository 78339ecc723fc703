package org.isocenter.sequence.trajectory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why k-space differs from the toolboxes' for gradients with one sample per raster: each toolbox is reproduced by drawing the
 * gradient as it does, ours is the sum of samples times raster. The numbers are those of docs/kspace-oracles.md.
 */
class KspaceOraclesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Oracle(int stride, List<Vec3> samples) {
        static Oracle read(String name) throws IOException {
            JsonNode kspace = JSON.readTree(Files.readString(SharedData.path("seq/oracle/" + name + ".json")))
                    .get("kspace");
            List<Vec3> samples = new ArrayList<>();
            for (int i = 0; i < kspace.get("kx_sub").size(); i++) {
                samples.add(new Vec3(
                        kspace.get("kx_sub").get(i).asDouble(),
                        kspace.get("ky_sub").get(i).asDouble(),
                        kspace.get("kz_sub").get(i).asDouble()));
            }
            return new Oracle(kspace.get("stride").asInt(), samples);
        }
    }

    private static Sequence sequence(String name) throws IOException {
        return PulseqReader.read(SharedData.path("seq/" + name + ".seq")).sequence();
    }

    private static List<Vec3> ours(Sequence sequence, int stride) {
        List<Vec3> samples = new ArrayList<>();
        long[] count = {0};
        KspaceTrajectory.forEachWindow(sequence, w -> {
            for (int i = 0; i < w.samples(); i++) {
                if (count[0]++ % stride == 0) {
                    samples.add(new Vec3(w.kx()[i], w.ky()[i], w.kz()[i]));
                }
            }
        });
        return samples;
    }

    /** k at every stride-th sample for gradients drawn in this way; piece by piece, for sequences without refocusing. */
    private static List<Vec3> drawn(Sequence sequence, int stride, Function<Gradient, Waveform> pen) {
        List<Vec3> samples = new ArrayList<>();
        long count = 0;
        Vec3 k = Vec3.ZERO;
        for (int block = 0; block < sequence.blockCount(); block++) {
            Waveform[] waveforms = new Waveform[3];
            for (Axis axis : Axis.values()) {
                int id = sequence.gradientId(block, axis);
                waveforms[axis.ordinal()] = id == 0 ? Waveform.ZERO : pen.apply(sequence.gradient(id));
            }
            int rf = sequence.rfId(block);
            if (rf != 0 && sequence.rfPulse(rf).use() == RfUse.EXCITATION) {
                RfPulse pulse = sequence.rfPulse(rf);
                k = area(waveforms, pulse.delayPs() + pulse.centerSeconds() * 1e12)
                        .scaled(-1);
            }
            if (sequence.adcId(block) != 0) {
                Adc adc = sequence.adc(sequence.adcId(block));
                for (int i = 0; i < adc.samples(); i++) {
                    if (count++ % stride == 0) {
                        samples.add(k.plus(area(waveforms, adc.delayPs() + (i + 0.5) * adc.dwellPs())));
                    }
                }
            }
            k = k.plus(area(waveforms, sequence.blockDurationPs(block)));
        }
        return samples;
    }

    private static Vec3 area(Waveform[] waveforms, double untilPs) {
        double[] area = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            long[] t = waveforms[axis].timesPs();
            double[] g = waveforms[axis].hertzPerMeter();
            for (int i = 1; i < t.length && t[i - 1] < untilPs; i++) {
                double end = Math.min(t[i], untilPs);
                double share = t[i] == t[i - 1] ? 0 : (end - t[i - 1]) / (t[i] - t[i - 1]);
                area[axis] += (g[i - 1] + 0.5 * share * (g[i] - g[i - 1])) * (end - t[i - 1]) * 1e-12;
            }
        }
        return new Vec3(area[0], area[1], area[2]);
    }

    private static double largestDistance(List<Vec3> a, List<Vec3> b) {
        assertThat(a).hasSameSizeAs(b);
        double largest = 0;
        for (int i = 0; i < a.size(); i++) {
            Vec3 d = a.get(i).minus(b.get(i));
            largest = Math.max(largest, Math.max(Math.abs(d.x()), Math.max(Math.abs(d.y()), Math.abs(d.z()))));
        }
        return largest;
    }

    @ParameterizedTest
    @ValueSource(strings = {"v121_spiral_jemris", "v140_epi_singletraj", "v141_spiral", "v151_wave_mprage"})
    void oursIsTheSumOfSamplesTimesRaster(String name) throws IOException {
        Sequence sequence = sequence(name);
        int stride = Oracle.read(name).stride();
        List<Vec3> sums = drawn(sequence, stride, g -> {
            if (!(g instanceof Gradient.Uniform u)) {
                return g.waveform(sequence.rasters());
            }
            // Two corners for each sample: where its raster interval begins and where it ends.
            long raster = sequence.rasters().gradientPs();
            long[] times = new long[2 * u.shape().length()];
            double[] values = new double[times.length];
            for (int i = 0; i < times.length; i++) {
                times[i] = u.delayPs() + (i + 1) / 2 * raster;
                values[i] = u.amplitudeHertzPerMeter() * u.shape().at(i / 2);
            }
            return new Waveform(times, values);
        });
        assertThat(largestDistance(ours(sequence, stride), sums)).isLessThan(1e-8);
    }

    @ParameterizedTest
    @CsvSource({
        "v121_spiral_jemris, 0.139, 1e-6",
        "v140_epi_singletraj, 0.150, 1e-6",
        "v141_spiral, 0.136, 1e-6",
        "v151_wave_mprage, 0.050, 2e-5" // its clock is a sum of 25,331 doubles
    })
    void pypulseqDrawsStraightLinesThroughTheSamples(String name, double difference, double tolerance)
            throws IOException {
        Sequence sequence = sequence(name);
        Oracle oracle = Oracle.read(name);
        List<Vec3> lines = drawn(sequence, oracle.stride, g -> g.waveform(sequence.rasters()));
        assertThat(largestDistance(oracle.samples, lines)).isLessThan(tolerance);
        assertThat(largestDistance(oracle.samples, ours(sequence, oracle.stride)))
                .isCloseTo(difference, within(1e-3));
    }

    @ParameterizedTest
    @CsvSource({
        "v121_spiral_jemris, 0.188, 1e-6",
        "v140_epi_singletraj, 0.077, 1e-6",
        "v141_spiral, 0.175, 4e-4" // it sets the last edge anew
    })
    void theMatlabToolboxMakesUpTheEdgesBetweenTheSamples(String name, double difference, double tolerance)
            throws IOException {
        Sequence sequence = sequence(name);
        Oracle oracle = Oracle.read(name + ".matlab");
        List<Vec3> edges = drawn(
                sequence,
                oracle.stride,
                g -> g instanceof Gradient.Uniform u
                        ? madeUpEdges(u, sequence.rasters().gradientPs())
                        : g.waveform(sequence.rasters()));
        assertThat(largestDistance(oracle.samples, edges)).isLessThan(tolerance);
        assertThat(largestDistance(oracle.samples, ours(sequence, oracle.stride)))
                .isCloseTo(difference, within(1e-3));
    }

    /** Each edge is the sample's mirror image of the one before: what a wrong first edge adds swings on to the end. */
    private static Waveform madeUpEdges(Gradient.Uniform gradient, long rasterPs) {
        int n = gradient.shape().length();
        long[] times = new long[2 * n + 1];
        double[] values = new double[2 * n + 1];
        values[0] = gradient.first();
        times[0] = gradient.delayPs();
        for (int i = 0; i < n; i++) {
            values[2 * i + 1] =
                    gradient.amplitudeHertzPerMeter() * gradient.shape().at(i);
            values[2 * i + 2] = 2 * values[2 * i + 1] - values[2 * i];
            times[2 * i + 1] = gradient.delayPs() + i * rasterPs + rasterPs / 2;
            times[2 * i + 2] = gradient.delayPs() + (i + 1) * rasterPs;
        }
        return new Waveform(times, values);
    }

    /** Oversampled gradients have their edges in the file: nothing is left to choose. */
    @ParameterizedTest
    @CsvSource({"v151_spiral_os, 42.1"})
    void pypulseqIsWrongAboutOversampledGradients(String name, double difference) throws IOException {
        Sequence sequence = sequence(name);
        Oracle pypulseq = Oracle.read(name);
        Oracle matlab = Oracle.read(name + ".matlab");
        List<Vec3> drawn = drawn(sequence, pypulseq.stride, g -> g.waveform(sequence.rasters()));
        assertThat(largestDistance(ours(sequence, pypulseq.stride), drawn)).isLessThan(1e-8);
        assertThat(largestDistance(ours(sequence, matlab.stride), matlab.samples))
                .isLessThan(1e-6);
        assertThat(largestDistance(pypulseq.samples, drawn)).isCloseTo(difference, within(0.1));
    }
}
