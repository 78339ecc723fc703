package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.hardware.virtual.phantom.Material;
import org.isocenter.hardware.virtual.phantom.SpinList;
import org.isocenter.hardware.virtual.phantom.file.PhantomFiles;
import org.isocenter.model.RawData;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.pulseq.PulseqReader;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Files of JEMRIS as an outsider scans them. */
@ExtendWith(OwnHome.class)
class JemrisScanTest {
    private final Path spiral = SharedData.path("seq/v121_spiral_jemris.seq");
    private final Path spins = SharedData.path("phantom/jemris/column1d.h5");
    private static final double RASTER = 10e-6;
    private static final double PULSE = 100e-6;

    @TempDir
    private Path folder;

    @Test
    void aSpiralIsPlayedAsJemrisMeansItUnlessTheFileIsWanted() throws Exception {
        JsonNode meant = scan(spiral, "meant");
        assertThat(meant.at("/sequence/writer").asText()).isEqualTo("JEMRIS 2.9.0");
        assertThat(meant.at("/sequence/readAs").asText()).isEqualTo("JEMRIS");
        assertThat(meant.at("/notes").toString()).contains("2 shaped gradients", "3938 ns", "--as-written");
        assertThat(error("meant")).isLessThan(2e-4);

        JsonNode written = scan(spiral, "written", "--as-written");
        assertThat(written.at("/sequence/readAs").asText()).isEqualTo("Pulseq");
        assertThat(written.at("/notes").toString()).doesNotContain("JEMRIS");
        assertThat(error("written")).isGreaterThan(1e-3);
        assertThat(folder.resolve("written/sequence.seq")).hasSameBinaryContentAs(spiral);
    }

    @Test
    void anEchoPlanarFileOfJemrisMeansWhatPulseqMeansByIt() throws Exception {
        Path epi = SharedData.path("phantom/jemris/epi_100x100_TE100_FOV230.seq");
        JsonNode report = scan(epi, "epi");
        assertThat(report.at("/sequence/writer").asText()).isEqualTo("JEMRIS 2.9.0");
        assertThat(report.at("/sequence/readAs").asText()).isEqualTo("Pulseq");
        assertThat(folder.resolve("epi/sequence.seq")).hasSameBinaryContentAs(epi);
    }

    @Test
    void whereLimitsRefuseTheSpiralTheCommandThatPlaysItIsNamed() {
        CommandRun run = CommandRun.of(
                "scan", spiral, "--phantom", spins, "--device", "virtual:ideal", "--out", folder.resolve("refused"));
        assertThat(run.exitCode()).isEqualTo(ExitCode.SAFETY);
        assertThat(run.errorLine())
                .endsWith("isocenter scan " + spiral + " --phantom " + spins + " --out " + folder.resolve("refused")
                        + " --device virtual:boundless");
    }

    @Test
    void withinLimitsTheFirstStepIsPlayedOnTheFilesOwnRaster() throws Exception {
        String text = Files.readString(spiral);
        assertThat(text).contains("5        2e+06 1");
        Path gentle = folder.resolve("gentle.seq"); // a spoiler of 1.2 mT/m
        Files.writeString(gentle, text.replace("5        2e+06 1", "5        5e+04 1"));
        JsonNode report = scan("virtual:ideal", gentle, "gentle");
        assertThat(report.at("/sequence/readAs").asText()).isEqualTo("JEMRIS");
        assertThat(PulseqReader.read(folder.resolve("gentle/sequence.seq"))
                        .sequence()
                        .rasters()
                        .gradientPs())
                .isEqualTo(10_000_000);
    }

    private JsonNode scan(Path file, String name, Object... more) {
        return scan("virtual:boundless", file, name, more);
    }

    private JsonNode scan(String device, Path file, String name, Object... more) {
        Object[] arguments = {
            "scan", file, "--phantom", spins, "--device", device, "--out", folder.resolve(name), "--json"
        };
        Object[] all = new Object[arguments.length + more.length];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json();
    }

    /** Root mean square of the differences from the sum over all spins, over its largest sample. */
    private double error(String name) throws Exception {
        RawData raw = MrdFile.read(folder.resolve(name + "/raw.h5")).raw();
        Sequence sequence = PulseqReader.read(spiral).sequence();
        SpinList list = (SpinList) PhantomFiles.read(spins, 1.5);
        int samples = sequence.adc(1).samples();
        double dwell = 35450e-6 / samples;
        double[] kx = moments(sequence.gradient(sequence.gradientId(1, Axis.X)), samples, dwell);
        double[] ky = moments(sequence.gradient(sequence.gradientId(1, Axis.Y)), samples, dwell);
        double difference = 0;
        double largest = 0;
        int count = 0;
        for (int i = 0; i < samples; i += 10) {
            double[] expected = signal(list, kx[i], ky[i], (i + 0.5) * dwell);
            difference += Math.pow(raw.readout(0).real()[i] - expected[0], 2)
                    + Math.pow(raw.readout(0).imaginary()[i] - expected[1], 2);
            largest = Math.max(largest, Math.hypot(expected[0], expected[1]));
            count++;
        }
        return Math.sqrt(difference / count) / largest;
    }

    /** Of straight lines between samples at the starts of the raster. */
    private static double[] moments(Gradient gradient, int samples, double dwell) {
        Gradient.Uniform shaped = (Gradient.Uniform) gradient;
        int n = shaped.shape().length();
        double[] k = new double[samples];
        double before = 0;
        int from = 0;
        for (int i = 0; i < samples; i++) {
            double time = (i + 0.5) * dwell;
            while (time >= (from + 1) * RASTER) {
                before += (value(shaped, from, n) + value(shaped, from + 1, n)) / 2 * RASTER;
                from++;
            }
            double rest = time - from * RASTER;
            double slope = (value(shaped, from + 1, n) - value(shaped, from, n)) / RASTER;
            k[i] = before + value(shaped, from, n) * rest + slope * rest * rest / 2;
        }
        return k;
    }

    private static double value(Gradient.Uniform shaped, int i, int n) {
        double value = i < n
                ? shaped.shape().at(i)
                : 2 * shaped.shape().at(n - 1) - shaped.shape().at(n - 2);
        return shaped.amplitudeHertzPerMeter() * value;
    }

    private static double[] signal(SpinList spins, double kx, double ky, double time) {
        double re = 0;
        double im = 0;
        double flip = Math.toRadians(10);
        for (int i = 0; i < spins.count(); i++) {
            Material material = spins.materials().get(spins.material(i));
            double size = spins.density(i) * Math.sin(flip) * Math.exp(-(time + PULSE / 2) / material.t2Seconds());
            double phase = -2 * Math.PI * (kx * spins.xMeters(i) + ky * spins.yMeters(i));
            re -= size * Math.sin(phase);
            im += size * Math.cos(phase);
        }
        double volume = spins.cubicMetersPerSpin() * 1e6;
        return new double[] {re * volume, im * volume};
    }
}
