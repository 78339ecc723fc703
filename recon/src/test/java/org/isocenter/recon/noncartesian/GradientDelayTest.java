package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainStep;
import org.isocenter.recon.chain.RawSteps;
import org.isocenter.recon.standard.StandardSteps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BART's phantom of several channels, measured along spokes that are shifted by known delays and told to be at their nominal places. */
class GradientDelayTest {
    private static final int N = 64;
    /** xx, yy, xy in samples. */
    private static final double[] SHIFT = {0.6, -0.4, 0.15};

    @TempDir
    private Path folder;

    @Test
    void delaysAreFoundInTheSpokesAndCorrected() throws IOException {
        BartScan scan = new BartScan(folder, N);
        List<float[]> nominal = scan.spokes(61, "-G");
        List<float[]> real = nominal.stream().map(GradientDelayTest::shifted).toList();
        float[] whole = pixels(run(scan.measure(real, 4), false));
        RawData wronglyTold = scan.told(nominal, 4);

        Reconstruction.Result corrected = run(wronglyTold, true);

        assertThat(difference(pixels(run(wronglyTold, false)), whole)).isGreaterThan(0.1);
        assertThat(difference(pixels(corrected), whole)).isLessThan(0.01);
        // A sample takes 10 µs; a shift forwards is a delay below zero.
        assertThat(corrected.notes()).anyMatch(note -> note.contains("x -6.0") && note.contains("y 4.0"));
    }

    @Test
    void theShiftsAreExactToHundredthsOfASample() throws IOException {
        BartScan scan = new BartScan(folder, N);
        List<float[]> nominal = scan.spokes(61, "-G");
        RawData raw =
                scan.measure(nominal.stream().map(GradientDelayTest::shifted).toList(), 4);
        List<DelayEstimate.Spoke> spokes = new ArrayList<>();
        for (int i = 0; i < raw.size(); i++) {
            float[] k = nominal.get(i);
            double length = Math.hypot(k[0], k[1]);
            spokes.add(new DelayEstimate.Spoke(
                    -k[0] / length,
                    -k[1] / length,
                    N - 0.5,
                    2 * N,
                    raw.readout(i).real(),
                    raw.readout(i).imaginary()));
        }
        double[] found = DelayEstimate.of(spokes);
        for (int p = 0; p < 3; p++) {
            assertThat(found[p]).isEqualTo(SHIFT[p], within(0.01));
        }
    }

    /** A spiral of known formula that runs late, told to be at its nominal places. */
    @Test
    void knownDelaysOfASpiralPutItsSamplesWhereTheFormulaSays() {
        BlobScan blobs = new BlobScan(32, 2, 0.2);
        Map<String, String> unit = Map.of("trajectory_unit", "1/m");
        List<float[]> nominal = blobs.spirals(8, 400);
        List<float[]> late = blobs.spirals(8, 400, 1.7, -0.6);
        RawData right = blobs.raw(late, Trajectory.SPIRAL, unit);
        List<Readout> told = new ArrayList<>();
        for (int i = 0; i < right.size(); i++) {
            Readout measured = right.readout(i);
            told.add(new Readout(measured.header(), measured.samples(), 2, nominal.get(i)));
        }
        RawData wrong = RawData.of(right.header(), told);
        // A sample takes 10 µs.
        Map<String, String> delays = Map.of("x", "17us", "y", "-6us");
        RawData corrected =
                RawSteps.run(new GradientDelayStep(new KnownDelays(17e-6, -6e-6, 0)), wrong, new ArrayList<>());
        for (int i = 0; i < right.size(); i++) {
            float[] positions = corrected.readout(i).trajectoryPerMeter();
            for (int at = 0; at < positions.length; at++) {
                // The field of view is 0.2 m: 1/m is a fifth of a step of k-space.
                assertThat(positions[at]).isEqualTo(late.get(i)[at], within(0.02f));
            }
        }
        float[] whole = pixels(grid(right, Map.of()));
        assertThat(difference(pixels(grid(wrong, Map.of())), whole)).isGreaterThan(0.05);
        Reconstruction.Result result = grid(wrong, delays);
        assertThat(difference(pixels(result), whole)).isLessThan(2e-3);
        assertThat(result.notes()).anyMatch(note -> note.contains("17.00, -6.00 and 0.00 µs"));
    }

    private static Reconstruction.Result grid(RawData raw, Map<String, String> delays) {
        List<ChainStep> steps = new ArrayList<>();
        if (!delays.isEmpty()) {
            steps.add(StandardSteps.REGISTRY.named("gradient-delays").with(delays));
        }
        steps.add(StandardSteps.REGISTRY.named("gridding").with(Map.of()));
        return new ChainReconstruction(new Chain("test", "", steps)).reconstruct(raw);
    }

    private static float[] shifted(float[] spoke) {
        float[] moved = spoke.clone();
        double x = (spoke[spoke.length - 2] - spoke[0]) / (spoke.length / 2 - 1);
        double y = (spoke[spoke.length - 1] - spoke[1]) / (spoke.length / 2 - 1);
        for (int s = 0; s < spoke.length; s += 2) {
            moved[s] += (float) (SHIFT[0] * x + SHIFT[2] * y);
            moved[s + 1] += (float) (SHIFT[2] * x + SHIFT[1] * y);
        }
        return moved;
    }

    private static Reconstruction.Result run(RawData raw, boolean correct) {
        List<ChainStep> steps = new ArrayList<>();
        for (String name : correct ? List.of("gradient-delays", "nufft-sense") : List.of("nufft-sense")) {
            steps.add(StandardSteps.REGISTRY.named(name).with(Map.of()));
        }
        return new ChainReconstruction(new Chain("test", "", steps)).reconstruct(raw);
    }

    private static float[] pixels(Reconstruction.Result result) {
        return result.volumes().get(0).pixels();
    }

    private static double difference(float[] image, float[] reference) {
        double difference = 0;
        double whole = 0;
        for (int i = 0; i < image.length; i++) {
            difference += Math.pow(image[i] - reference[i], 2);
            whole += Math.pow(reference[i], 2);
        }
        return Math.sqrt(difference / whole);
    }
}
