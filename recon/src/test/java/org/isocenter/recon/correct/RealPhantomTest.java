package org.isocenter.recon.correct;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.chain.ChainReconstruction;
import org.isocenter.recon.chain.ChainYaml;
import org.isocenter.recon.layout.ArrayFile;
import org.isocenter.recon.layout.ArrayReader;
import org.isocenter.recon.layout.ArrayScan;
import org.isocenter.recon.layout.ComplexArray;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.recon.standard.StandardSteps;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.Test;

/** K-space of a jug of water on a real scanner of 0.055 T, in MATLAB's format, and the image that its authors made of it. */
class RealPhantomTest {
    private static final String FOLDER = "kspace/hku_0.055T/fig8A_0.055T_3D";

    private static RawData raw(String name) throws Exception {
        Path file = SharedData.path(FOLDER + name);
        return ArrayReader.read(ArrayFile.need(file), ArrayScan.UNTOLD).raw();
    }

    @Test
    void zeroFilledSpinEchoesGiveTheAuthorsImage() throws Exception {
        String yaml = """
                chain: as its authors
                steps:
                - clipping-check
                - spike-repair
                - cartesian-grid
                - partial-fourier
                - zero-fill: {matrix-x: 256, matrix-y: 256}
                - transform
                - root-sum-of-squares
                """;
        Reconstruction.Result result = new ChainReconstruction(
                        new ChainYaml(StandardSteps.REGISTRY).parse(yaml, "test.yaml"))
                .reconstruct(raw("FSE_10mm_thickness_2D_kspace.mat"));

        float[] ours = result.volumes().get(0).pixels();
        assertThat(result.notes()).isEmpty();
        assertThat(correlation(ours, authors())).isGreaterThan(0.99999);
    }

    @Test
    void gradientEchoesGiveABrightJugOnADarkGround() throws Exception {
        Reconstruction.Result result =
                new StandardReconstruction().reconstruct(raw("GRE_10mm_thickness_2D_kspace.mat"));

        float[] sorted = result.volumes().get(0).pixels().clone();
        Arrays.sort(sorted);
        assertThat(sorted).hasSize(128 * 196);
        assertThat(sorted[sorted.length * 19 / 20]).isGreaterThan(15 * sorted[sorted.length / 2]);
        assertThat(result.notes()).isEmpty();
    }

    /** Rows first. */
    private static float[] authors() throws Exception {
        ComplexArray image = ArrayFile.need(SharedData.path(FOLDER + "FSE_10mm_thickness_image.mat"))
                .read(null);
        float[] real = image.real(); // copies
        float[] imaginary = image.imaginary();
        float[] magnitude = new float[256 * 256];
        for (int row = 0; row < 256; row++) {
            for (int column = 0; column < 256; column++) {
                int at = row * image.strides()[0] + column * image.strides()[1];
                magnitude[row * 256 + column] = (float) Math.hypot(real[at], imaginary[at]);
            }
        }
        return magnitude;
    }

    /** Pearson's. */
    private static double correlation(float[] a, float[] b) {
        double meanA = mean(a);
        double meanB = mean(b);
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return ab / Math.sqrt(aa * bb);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
