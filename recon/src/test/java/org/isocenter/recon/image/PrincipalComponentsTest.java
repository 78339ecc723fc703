package org.isocenter.recon.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.array.ChannelGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrincipalComponentsTest {
    private static final int SIZE = 40;

    /** Echoes of two tissues, each with a T2 of its own, in vertical halves with stripes of half the brightness. */
    private static List<ChannelGrid> echoes(int count, int slices, double sigma, long seed, boolean complex) {
        Random random = new Random(seed);
        List<ChannelGrid> echoes = new ArrayList<>();
        for (int echo = 0; echo < count; echo++) {
            ChannelGrid image = new ChannelGrid(1, SIZE, SIZE, slices);
            for (int i = 0; i < image.points(); i++) {
                double bright = i / SIZE % 8 < 4 ? 100 : 50;
                double signal = bright * Math.exp(-echo / (i % SIZE < SIZE / 2 ? 5.0 : 20.0));
                image.real(0)[i] = (float) (signal + sigma * random.nextGaussian());
                image.imaginary(0)[i] = complex ? (float) (0.3 * signal + sigma * random.nextGaussian()) : 0;
            }
            echoes.add(image);
        }
        return echoes;
    }

    private static double error(List<ChannelGrid> images, List<ChannelGrid> truth) {
        double squares = 0;
        long count = 0;
        for (int e = 0; e < images.size(); e++) {
            for (int i = 0; i < images.get(e).points(); i++) {
                double miss = images.get(e).real(0)[i] - truth.get(e).real(0)[i];
                squares += miss * miss;
                count++;
            }
        }
        return Math.sqrt(squares / count);
    }

    /**
     * Of M values of each voxel p components stay: a share of (p/M)·(1 + (M-p)/N), at least, of the noise's variance, in blocks of N
     * voxels; overlapping blocks make it less.
     */
    @ParameterizedTest
    @CsvSource({"1, true, 1", "2, false, 1", "3, true, 4"})
    void noiseGoesAndSignalsStay(long seed, boolean complex, int slices) {
        double sigma = 2;
        List<ChannelGrid> truth = echoes(16, slices, 0, seed, complex);
        List<ChannelGrid> noisy = echoes(16, slices, sigma, seed, complex);
        PrincipalComponents.Result result =
                PrincipalComponents.of(noisy, PrincipalComponents.width(16, slices), runs -> ParallelLoop.PLAIN);
        assertThat(error(noisy, truth)).isCloseTo(sigma, within(0.05 * sigma));
        assertThat(error(result.clean(), truth)).as("seed %d", seed).isLessThan(Math.sqrt(2.0 / 16 * 1.6) * sigma);
        assertThat(result.sigma()).isCloseTo(sigma, within(0.05 * sigma));
    }

    @Test
    void withoutNoiseAllIsKept() {
        List<ChannelGrid> truth = echoes(6, 1, 0, 4, true);
        assertThat(error(
                        PrincipalComponents.of(truth, 5, runs -> ParallelLoop.PLAIN)
                                .clean(),
                        truth))
                .isLessThan(1e-3);
    }

    @Test
    void theResultIsTheSameEachTime() {
        List<ChannelGrid> noisy = echoes(6, 2, 3, 5, true);
        assertThat(PrincipalComponents.of(noisy, 5, runs -> ParallelLoop.PLAIN)
                        .clean()
                        .get(3)
                        .real(0))
                .isEqualTo(PrincipalComponents.of(noisy, 5, runs -> ParallelLoop.PLAIN)
                        .clean()
                        .get(3)
                        .real(0));
    }

    @Test
    void blocksHaveAboutAsManyVoxelsAsThereAreImages() {
        assertThat(PrincipalComponents.width(6, 1)).isEqualTo(5);
        assertThat(PrincipalComponents.width(60, 1)).isEqualTo(8);
        assertThat(PrincipalComponents.width(60, 20)).isEqualTo(6);
    }
}
