package org.isocenter.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.iterative.CartesianSampling;
import org.isocenter.recon.iterative.ConjugateGradient;
import org.isocenter.recon.iterative.DataScale;
import org.isocenter.recon.iterative.EncodingOperator;
import org.isocenter.recon.iterative.FourierSampling;
import org.isocenter.recon.iterative.Limits;
import org.isocenter.recon.iterative.PowerMethod;
import org.isocenter.recon.iterative.Progress;
import org.isocenter.recon.iterative.ProximalGradient;
import org.isocenter.recon.iterative.WaveletFilter;
import org.isocenter.recon.iterative.WaveletSparsity;
import org.isocenter.recon.noncartesian.ScatteredSampling;

/** What is raced: BART's commands that make the data, and the one that solves for the image; and the same here. */
enum PicsTask {
    L1_WAVELET(
            "l1-wavelet, 256×256 points at random, 8 channels, 100 iterations",
            List.of(
                    "phantom -x256 -s8 -k whole",
                    "noise -n50 -s1 whole noisy",
                    "ecalib -m1 -c0 noisy maps",
                    "poisson -Y256 -Z256 -y1.6 -z1.6 -C24 -v -s1 plane",
                    "transpose 0 2 plane pattern",
                    "fmac noisy pattern data"),
            "pics -d4 -l1 -r0.005 -i100 data maps theirs",
            1),
    CG_SENSE(
            "CG-SENSE, the same data, 30 iterations",
            L1_WAVELET.preparation,
            "pics -d4 -l2 -r0.001 -i30 data maps theirs",
            1),
    RADIAL(
            "CG-SENSE, radial 512×402, 256×256 pixels, 8 channels, 20 iterations",
            List.of(
                    "traj -r -x512 -y402 wide",
                    "scale 0.5 wide trajectory",
                    "phantom -k -s8 -t trajectory data",
                    "phantom -S8 -x256 maps"),
            "pics -d4 -l2 -r0.001 -i20 -t trajectory data maps theirs",
            2);

    private static final int SIZE = 256;

    final String title;
    final List<String> preparation;
    final String command;
    /** The least that BART's time over ours should be. */
    final int target;

    PicsTask(String title, List<String> preparation, String command, int target) {
        this.title = title;
        this.preparation = preparation;
        this.command = command;
        this.target = target;
    }

    /** Everything that has to be read. */
    record Input(CflFile data, ChannelGrid maps, float[][] positions) {}

    Input read(Path folder) throws IOException {
        CflFile data = CflFile.read(folder.resolve("data"));
        CflFile maps = CflFile.read(folder.resolve("maps"));
        ChannelGrid grid = new ChannelGrid(8, SIZE, SIZE, 1);
        for (int channel = 0; channel < 8; channel++) {
            System.arraycopy(maps.real[channel], 0, grid.real(channel), 0, grid.points());
            System.arraycopy(maps.imaginary[channel], 0, grid.imaginary(channel), 0, grid.points());
        }
        return new Input(data, grid, this == RADIAL ? positions(folder) : null);
    }

    /** BART's unit, a step of a matrix, is a turn across the field of view here. */
    private static float[][] positions(Path folder) throws IOException {
        float[] triples = CflFile.read(folder.resolve("trajectory")).real[0];
        float[][] k = new float[2][triples.length / 3];
        for (int i = 0; i < k[0].length; i++) {
            k[0][i] = triples[3 * i];
            k[1][i] = triples[3 * i + 1];
        }
        return k;
    }

    /** From the data to the image: real and imaginary part. */
    float[][] solve(Input input) {
        float[][] adjoint = new float[2][SIZE * SIZE];
        float[][] image = new float[2][SIZE * SIZE];
        boolean[] measured = this == RADIAL ? null : measured(input.data);
        FourierSampling sampling = this == RADIAL
                ? ScatteredSampling.of(input.positions, SIZE)
                : CartesianSampling.of(SIZE, SIZE, 1, measured);
        EncodingOperator encoding = new EncodingOperator(sampling, input.maps);
        encoding.adjoint(input.data.real, input.data.imaginary, adjoint[0], adjoint[1]);
        if (this == L1_WAVELET) {
            double scale = DataScale.ofKspace(grid(input.data), measured);
            new ProximalGradient(encoding)
                    .solve(
                            PowerMethod.largestEigenvalue(encoding),
                            WaveletSparsity.spinning(WaveletFilter.DAUBECHIES_4, SIZE, SIZE, 1, 1),
                            0.005 * scale,
                            adjoint[0],
                            adjoint[1],
                            image[0],
                            image[1],
                            new Limits(100, 0),
                            Progress.NONE);
        } else {
            new ConjugateGradient(encoding)
                    .solve(
                            0.001,
                            adjoint[0],
                            adjoint[1],
                            image[0],
                            image[1],
                            new Limits(this == RADIAL ? 20 : 30, 0),
                            Progress.NONE);
        }
        return image;
    }

    private static boolean[] measured(CflFile data) {
        boolean[] measured = new boolean[SIZE * SIZE];
        for (int channel = 0; channel < 8; channel++) {
            for (int i = 0; i < measured.length; i++) {
                measured[i] |= data.real[channel][i] != 0 || data.imaginary[channel][i] != 0;
            }
        }
        return measured;
    }

    private static ChannelGrid grid(CflFile data) {
        ChannelGrid grid = new ChannelGrid(8, SIZE, SIZE, 1);
        for (int channel = 0; channel < 8; channel++) {
            System.arraycopy(data.real[channel], 0, grid.real(channel), 0, grid.points());
            System.arraycopy(data.imaginary[channel], 0, grid.imaginary(channel), 0, grid.points());
        }
        return grid;
    }
}
