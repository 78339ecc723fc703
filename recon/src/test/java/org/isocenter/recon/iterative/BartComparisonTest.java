package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.recon.parallel.TestGrids;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A real brain of eight channels, lines left out, beside BART's {@code pics} with BART's own sensitivities, as far as the
 * image of all lines is right. BART's image differs by a sign where the matrix is no multiple of four, so a factor is free.
 */
class BartComparisonTest {
    private static final int ROWS = 230;

    @TempDir
    static Path folder;

    private static ChannelGrid brain;
    private static ChannelGrid maps;
    private static ChannelGrid whole;

    @BeforeAll
    static void estimateSensitivities() throws IOException {
        assumeTrue(Peer.isInstalled("bart"), "skipped: bart is not installed");
        brain = TestGrids.brain();
        TestGrids.writeCfl(folder.resolve("brain"), brain);
        bart("ecalib", "-m1", path("brain"), path("maps"));
        maps = TestGrids.readCfl(folder.resolve("maps"));
        whole = combined(brain);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"SECOND", "THIRD"})
    void conjugateGradientSenseIsBarts(Lines lines) throws IOException {
        ChannelGrid kspace = TestGrids.keeping(brain, lines.taken());
        ChannelGrid theirs = pics(kspace, "-l2", "-r", "0.01", "-i", "15");
        Problem problem = new Problem(kspace);
        new ConjugateGradient(problem.encoding)
                .solve(
                        0.01,
                        problem.adjoint.real(0),
                        problem.adjoint.imaginary(0),
                        problem.image.real(0),
                        problem.image.imaginary(0),
                        new Limits(15, 0),
                        Progress.NONE);
        assertThat(TestGrids.complexError(problem.image, theirs)).isLessThan(1e-3);
    }

    /** The wavelets differ at the edges of the image, and so do the random rotations. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"SECOND", "THIRD", "CHANCE"})
    void waveletsOfTheSameWeightAreNoWorseThanBartsByMoreThanATwentieth(Lines lines) throws IOException {
        ChannelGrid kspace = TestGrids.keeping(brain, lines.taken());
        ChannelGrid theirs = pics(kspace, "-l1", "-r", "0.01", "-i", "30");
        Problem problem = new Problem(kspace);
        problem.fista(WaveletSparsity.spinning(WaveletFilter.DAUBECHIES_4, 180, ROWS, 1, 1), 0.01, 30);
        double their = TestGrids.complexError(theirs, whole);
        assertThat(TestGrids.complexError(problem.image, whole)).isBetween(0.9 * their, 1.05 * their);
        assertThat(TestGrids.complexError(problem.image, theirs)).isLessThan(0.1);
    }

    /** BART's ADMM has not converged by then: an optimum is known by its objective, not by its distance from another image. */
    @Test
    void totalVariationComesNearerToTheOptimumThanBart() throws IOException {
        ChannelGrid kspace = TestGrids.keeping(brain, Lines.THIRD.taken());
        ChannelGrid theirs = pics(kspace, "-R", "T:3:0:0.005", "-i", "40");
        Problem problem = new Problem(kspace);
        problem.fista(new TotalVariation(180, ROWS, 1), 0.005, 60);
        // Their image is that of the data divided by the scale, and of the other sign.
        for (int i = 0; i < theirs.points(); i++) {
            theirs.real(0)[i] *= -(float) problem.scale;
            theirs.imaginary(0)[i] *= -(float) problem.scale;
        }
        double their = problem.objective(theirs, 0.005);
        assertThat(problem.objective(problem.image, 0.005)).isBetween(0.9 * their, their);
    }

    @Test
    void theScaleOfTheDataIsBarts() throws IOException {
        ChannelGrid kspace = TestGrids.keeping(brain, Lines.SECOND.taken());
        TestGrids.writeCfl(folder.resolve("undersampled"), kspace);
        String said = bart("pics", "-d5", "-l1", "-r0.1", "-i1", path("undersampled"), path("maps"), path("one"));
        String scale = said.lines()
                .filter(line -> line.contains("Inverse scaling of the data"))
                .findFirst()
                .orElseThrow()
                .replaceAll(".*: ", "");
        assertThat(DataScale.ofKspace(kspace, measured(kspace)))
                .isEqualTo(Double.parseDouble(scale), within(1e-3 * Double.parseDouble(scale)));
    }

    /** Which lines are measured, beside the 24 of the middle. */
    enum Lines {
        SECOND,
        THIRD,
        /** The further from the middle, the fewer. */
        CHANCE;

        IntPredicate taken() {
            Random random = new Random(1);
            boolean[] taken = new boolean[ROWS];
            for (int y = 0; y < ROWS; y++) {
                double distance = Math.abs(y - ROWS / 2) / (ROWS / 2.0);
                boolean chosen = switch (this) {
                    case SECOND -> y % 2 == 0;
                    case THIRD -> y % 3 == 0;
                    case CHANCE -> random.nextDouble() < 0.1 + 0.8 * Math.pow(1 - distance, 2);
                };
                taken[y] = chosen || distance < 0.1;
            }
            return y -> taken[y];
        }
    }

    private static final class Problem {
        private final EncodingOperator encoding;
        private final double scale;
        private double dataEnergy;
        private final ChannelGrid adjoint = new ChannelGrid(1, 180, ROWS, 1);
        private final ChannelGrid image = new ChannelGrid(1, 180, ROWS, 1);

        Problem(ChannelGrid kspace) {
            encoding = new EncodingOperator(CartesianSampling.of(180, ROWS, 1, measured(kspace)), maps);
            scale = DataScale.ofKspace(kspace, measured(kspace));
            float[][] real = new float[8][];
            float[][] imaginary = new float[8][];
            Pieces pieces = new Pieces(kspace.points());
            for (int channel = 0; channel < 8; channel++) {
                dataEnergy += pieces.dot(
                        kspace.real(channel),
                        kspace.imaginary(channel),
                        kspace.real(channel),
                        kspace.imaginary(channel));
                real[channel] = kspace.real(channel);
                imaginary[channel] = kspace.imaginary(channel);
            }
            encoding.adjoint(real, imaginary, adjoint.real(0), adjoint.imaginary(0));
        }

        /** Half the squared distance from the data, and the weighted total variation. */
        double objective(ChannelGrid image, double weight) {
            float[] real = image.real(0);
            float[] imaginary = image.imaginary(0);
            ChannelGrid normal = new ChannelGrid(1, 180, ROWS, 1);
            encoding.normal(real, imaginary, normal.real(0), normal.imaginary(0));
            Pieces pieces = new Pieces(real.length);
            double fidelity = 0.5 * pieces.dot(real, imaginary, normal.real(0), normal.imaginary(0))
                    - pieces.dot(real, imaginary, adjoint.real(0), adjoint.imaginary(0));
            double variation = 0;
            for (int i = 0; i < real.length; i++) {
                int right = i % 180 < 179 ? i + 1 : i;
                int below = i + 180 < real.length ? i + 180 : i;
                variation += Math.sqrt(Math.pow(real[right] - real[i], 2)
                        + Math.pow(imaginary[right] - imaginary[i], 2)
                        + Math.pow(real[below] - real[i], 2)
                        + Math.pow(imaginary[below] - imaginary[i], 2));
            }
            return 0.5 * dataEnergy + fidelity + weight * scale * variation;
        }

        void fista(Regulariser regulariser, double weight, int iterations) {
            new ProximalGradient(encoding)
                    .solve(
                            PowerMethod.largestEigenvalue(encoding),
                            regulariser,
                            weight * scale,
                            adjoint.real(0),
                            adjoint.imaginary(0),
                            image.real(0),
                            image.imaginary(0),
                            new Limits(iterations, 0),
                            Progress.NONE);
        }
    }

    private static boolean[] measured(ChannelGrid kspace) {
        boolean[] measured = new boolean[kspace.points()];
        for (int channel = 0; channel < kspace.channels(); channel++) {
            for (int i = 0; i < measured.length; i++) {
                measured[i] |= kspace.real(channel)[i] != 0 || kspace.imaginary(channel)[i] != 0;
            }
        }
        return measured;
    }

    private static ChannelGrid combined(ChannelGrid kspace) {
        ChannelGrid images = TestGrids.keeping(kspace, y -> true);
        GridFft.inverse(images);
        ChannelGrid sum = new ChannelGrid(1, images.sizeX(), images.sizeY(), 1);
        for (int channel = 0; channel < images.channels(); channel++) {
            Planar.addConjugateProduct(
                    maps.real(channel),
                    maps.imaginary(channel),
                    images.real(channel),
                    images.imaginary(channel),
                    sum.real(0),
                    sum.imaginary(0));
        }
        return sum;
    }

    private static ChannelGrid pics(ChannelGrid kspace, String... options) throws IOException {
        TestGrids.writeCfl(folder.resolve("undersampled"), kspace);
        List<String> arguments = new ArrayList<>(List.of("pics"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(path("undersampled"), path("maps"), path("theirs")));
        bart(arguments.toArray(String[]::new));
        return TestGrids.readCfl(folder.resolve("theirs"));
    }

    /** On one thread: with more, it waits for other work on the machine far longer than it computes. */
    private static String bart(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "OMP_NUM_THREADS=1", "bart"));
        command.addAll(List.of(arguments));
        Peer.Output output = Peer.run(command);
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }
}
