package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrappaNoiseTest {
    private static final int REPLICAS = 40;

    /** Noise alone through the weights, combined by the same image, many times over. */
    @ParameterizedTest(name = "every line of {0} and partition of {1}, seed {4}")
    @CsvSource({"2, 1, 96, 1, 1", "3, 1, 96, 1, 2", "1, 2, 16, 40, 3"})
    void theMapIsTheSpreadOfManyRepetitions(int stepY, int stepZ, int sizeY, int sizeZ, long seed) {
        CoilPhantom phantom = new CoilPhantom(6, 12, sizeY, sizeZ);
        // Without noise, weights at the rim of k-space would know no bounds.
        ChannelGrid calibration = CalibrationRegion.find(phantom.noisy(3e-3, seed), 12, sizeZ == 1 ? 24 : 16, 16)
                .cut(phantom.noisy(3e-3, seed));
        // Rows at the rim have fewer neighbours, and so other weights: they are left out on either side.
        int rimY = sizeZ == 1 ? 8 : 2;
        int rimZ = sizeZ == 1 ? 0 : 4;
        Grappa grappa = new Grappa(calibration, new Grappa.Settings(3, sizeZ == 1 ? 4 : 2, 0));
        Lattice lattice = new Lattice(stepY, stepZ, 0, 0, 0);
        ChannelGrid part = TestGrids.keeping(phantom.kspace, row -> lattice.has(row % sizeY, row / sizeY));
        SamplingPattern pattern = SamplingPattern.of(part);
        GrappaNoise weights = grappa.noise(part, pattern, lattice);
        grappa.fill(part, pattern, lattice);
        ChannelGrid images = TestGrids.image(part);
        float[] g = weights.gFactor(images, ParallelLoop.PLAIN).real(0);

        float[] magnitude = TestGrids.magnitude(images);
        double[] squares = new double[g.length];
        Random random = new Random(seed);
        for (int replica = 0; replica < REPLICAS; replica++) {
            ChannelGrid noise = noise(random, images, pattern);
            grappa.fill(noise, pattern, lattice);
            ChannelGrid inner = TestGrids.keeping(
                    noise, row -> isInside(row % sizeY, sizeY, rimY) && isInside(row / sizeY, sizeZ, rimZ));
            addSquares(TestGrids.image(inner), images, magnitude, squares);
        }
        double ratios = 0;
        double squaredDifferences = 0;
        int count = 0;
        for (int i = 0; i < g.length; i++) {
            if (magnitude[i] > 0.3 * images.points()) {
                // Of a full measurement it is the root of the number of points.
                double whole =
                        Math.sqrt((double) lattice.factor() * images.sizeX() * (sizeY - 2 * rimY) * (sizeZ - 2 * rimZ));
                double found = Math.sqrt(squares[i] / (2 * REPLICAS)) / whole;
                assertThat(g[i]).isBetween(0.9f, 10f);
                ratios += found / g[i];
                squaredDifferences += Math.pow(found / g[i] - 1, 2);
                count++;
            }
        }
        assertThat(count).isGreaterThan(100);
        assertThat(ratios / count).isEqualTo(1, within(0.06));
        // So few repetitions know a pixel to a ninth.
        assertThat(Math.sqrt(squaredDifferences / count)).isLessThan(0.2);
    }

    private static boolean isInside(int index, int size, int rim) {
        return index >= rim && index < size - rim;
    }

    private static ChannelGrid noise(Random random, ChannelGrid like, SamplingPattern pattern) {
        ChannelGrid noise = new ChannelGrid(like.channels(), like.sizeX(), like.sizeY(), like.sizeZ());
        for (int channel = 0; channel < noise.channels(); channel++) {
            for (int i = 0; i < noise.points(); i++) {
                int row = i / noise.sizeX();
                if (pattern.isMeasured(row % noise.sizeY(), row / noise.sizeY())) {
                    noise.real(channel)[i] = (float) random.nextGaussian();
                    noise.imaginary(channel)[i] = (float) random.nextGaussian();
                }
            }
        }
        return noise;
    }

    private static void addSquares(ChannelGrid noise, ChannelGrid images, float[] magnitude, double[] squares) {
        for (int i = 0; i < squares.length; i++) {
            double re = 0;
            double im = 0;
            for (int channel = 0; channel < noise.channels(); channel++) {
                double weightRe = images.real(channel)[i];
                double weightIm = -images.imaginary(channel)[i];
                re += weightRe * noise.real(channel)[i] - weightIm * noise.imaginary(channel)[i];
                im += weightRe * noise.imaginary(channel)[i] + weightIm * noise.real(channel)[i];
            }
            squares[i] += (re * re + im * im) / ((double) magnitude[i] * magnitude[i]);
        }
    }
}
