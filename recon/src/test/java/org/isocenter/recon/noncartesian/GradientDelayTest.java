package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.Chain;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainStep;
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
