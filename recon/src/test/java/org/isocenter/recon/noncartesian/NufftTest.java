package org.isocenter.recon.noncartesian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.isocenter.recon.iterative.FourierSampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NufftTest {
    @ParameterizedTest(name = "{0}×{1}×{2}, seed {3}")
    @CsvSource({"24,24,1,1", "25,18,1,2", "64,5,1,3", "12,10,9,4", "9,15,1,5"})
    void bothTransformsEqualTheSumsThatTheyStandFor(int nx, int ny, int nz, long seed) {
        Case of = new Case(nx, ny, nz, seed, 400);
        Nufft.Scratch scratch = new Nufft(of.samples, of.grid).scratch();
        float[] real = new float[of.pixels];
        float[] imaginary = new float[of.pixels];
        float[] exactReal = new float[of.pixels];
        float[] exactImaginary = new float[of.pixels];
        scratch.adjoint(of.valuesReal, of.valuesImaginary, real, imaginary);
        of.exact(of.valuesReal, of.valuesImaginary, exactReal, exactImaginary, true);
        double most = nz > 1 ? 1e-4 : 1.5e-5;
        assertThat(error(real, imaginary, exactReal, exactImaginary)).isLessThan(most);

        float[] valuesReal = new float[of.count];
        float[] valuesImaginary = new float[of.count];
        float[] sumsReal = new float[of.count];
        float[] sumsImaginary = new float[of.count];
        scratch.forward(of.imageReal, of.imageImaginary, valuesReal, valuesImaginary);
        of.exact(of.imageReal, of.imageImaginary, sumsReal, sumsImaginary, false);
        assertThat(error(valuesReal, valuesImaginary, sumsReal, sumsImaginary)).isLessThan(most);
    }

    @ParameterizedTest(name = "{0}×{1}×{2}, seed {3}")
    @CsvSource({"30,33,1,1", "9,12,11,2"})
    void theAdjointIsTheAdjoint(int nx, int ny, int nz, long seed) {
        Case of = new Case(nx, ny, nz, seed, 500);
        FourierSampling.Task task = of.sampling().task();
        float[] valuesReal = new float[of.count];
        float[] valuesImaginary = new float[of.count];
        task.forward(of.imageReal, of.imageImaginary, valuesReal, valuesImaginary);
        float[] real = new float[of.pixels];
        float[] imaginary = new float[of.pixels];
        task.adjoint(of.valuesReal, of.valuesImaginary, real, imaginary);
        double[] inData = product(valuesReal, valuesImaginary, of.valuesReal, of.valuesImaginary);
        double[] inImage = product(of.imageReal, of.imageImaginary, real, imaginary);
        double size = Math.sqrt(product(real, imaginary, real, imaginary)[0]
                * product(of.imageReal, of.imageImaginary, of.imageReal, of.imageImaginary)[0]);
        assertThat(inData[0]).isEqualTo(inImage[0], within(1e-6 * size));
        assertThat(inData[1]).isEqualTo(inImage[1], within(1e-6 * size));
    }

    @ParameterizedTest(name = "{0}×{1}×{2}, seed {3}")
    @CsvSource({"32,32,1,1", "21,26,1,2", "10,11,13,3"})
    void theEmbeddedNormalEqualsForwardAndAdjoint(int nx, int ny, int nz, long seed) {
        Case of = new Case(nx, ny, nz, seed, 600);
        FourierSampling.Task task = of.sampling().task();
        float[] valuesReal = new float[of.count];
        float[] valuesImaginary = new float[of.count];
        task.forward(of.imageReal, of.imageImaginary, valuesReal, valuesImaginary);
        float[] real = new float[of.pixels];
        float[] imaginary = new float[of.pixels];
        task.adjoint(valuesReal, valuesImaginary, real, imaginary);
        task.normal(of.imageReal, of.imageImaginary);
        assertThat(error(of.imageReal, of.imageImaginary, real, imaginary)).isLessThan(nz > 1 ? 2e-4 : 3e-5);
    }

    /** As a Cartesian measurement: every cell once is a unitary transform. */
    @Test
    void samplesOnTheGridAreAnIsometry() {
        int n = 16;
        float[][] k = new float[2][n * n];
        for (int i = 0; i < n * n; i++) {
            k[0][i] = i % n - n / 2;
            k[1][i] = i / n - n / 2;
        }
        Samples samples = new Samples(k, all(n * n), new int[] {0, n * n});
        KernelGrid grid = new KernelGrid(n, n);
        float[] ones = new float[n * n];
        Arrays.fill(ones, 1);
        Random random = new Random(6);
        float[] real = gaussians(random, n * n);
        float[] imaginary = gaussians(random, n * n);
        float[] normalReal = real.clone();
        float[] normalImaginary = imaginary.clone();
        new NufftSampling(samples, grid, new Nufft(samples, grid), ones).task().normal(normalReal, normalImaginary);
        assertThat(error(normalReal, normalImaginary, real, imaginary)).isLessThan(2e-5);
    }

    @Test
    void samplesThatAreNotWantedChangeNothing() {
        Case of = new Case(20, 20, 1, 7, 100);
        float[][] k = {
            Arrays.copyOf(of.samples.k()[0], 101), Arrays.copyOf(of.samples.k()[1], 101)
        };
        boolean[] wanted = Arrays.copyOf(of.samples.wanted(), 101);
        Samples more = new Samples(k, wanted, new int[] {0, 101});
        float[] real = Arrays.copyOf(of.valuesReal, 101);
        real[100] = Float.NaN;
        float[] imaginary = Arrays.copyOf(of.valuesImaginary, 101);
        float[][] images = new float[4][of.pixels];
        new Nufft(of.samples, of.grid).scratch().adjoint(of.valuesReal, of.valuesImaginary, images[0], images[1]);
        new Nufft(more, of.grid).scratch().adjoint(real, imaginary, images[2], images[3]);
        assertThat(images[2]).isEqualTo(images[0]);
        assertThat(images[3]).isEqualTo(images[1]);
    }

    @Test
    void theResultDoesNotDependOnTheNumberOfThreads() throws Exception {
        Case of = new Case(48, 48, 1, 8, 20000);
        float[][] images = new float[4][of.pixels];
        Nufft nufft = new Nufft(of.samples, of.grid);
        for (int i = 0; i < 2; i++) {
            ForkJoinPool pool = new ForkJoinPool(1 + 3 * i);
            float[] real = images[2 * i];
            float[] imaginary = images[2 * i + 1];
            pool.submit(() -> nufft.scratch().adjoint(of.valuesReal, of.valuesImaginary, real, imaginary))
                    .get();
            pool.shutdown();
        }
        assertThat(images[2]).isEqualTo(images[0]);
        assertThat(images[3]).isEqualTo(images[1]);
    }

    /** Samples anywhere, an image and values, all at random. */
    private static final class Case {
        final int nx;
        final int ny;
        final int pixels;
        final int count;
        final Samples samples;
        final KernelGrid grid;
        final float[] valuesReal;
        final float[] valuesImaginary;
        final float[] imageReal;
        final float[] imageImaginary;
        final float[] weights;

        Case(int nx, int ny, int nz, long seed, int count) {
            int[] matrix = nz > 1 ? new int[] {nx, ny, nz} : new int[] {nx, ny};
            Random random = new Random(seed);
            this.nx = nx;
            this.ny = ny;
            this.count = count;
            pixels = nx * ny * nz;
            float[][] k = new float[matrix.length][count];
            for (int d = 0; d < matrix.length; d++) {
                for (int i = 0; i < count; i++) {
                    k[d][i] = (float) ((random.nextDouble() - 0.5) * matrix[d]);
                }
            }
            samples = new Samples(k, all(count), new int[] {0, count});
            grid = new KernelGrid(matrix);
            valuesReal = gaussians(random, count);
            valuesImaginary = gaussians(random, count);
            imageReal = gaussians(random, pixels);
            imageImaginary = gaussians(random, pixels);
            weights = new float[count];
            for (int i = 0; i < count; i++) {
                weights[i] = 0.5f + random.nextFloat();
            }
        }

        NufftSampling sampling() {
            return new NufftSampling(samples, grid, new Nufft(samples, grid), weights);
        }

        /** The sums: to pixels, or to samples. */
        void exact(float[] fromReal, float[] fromImaginary, float[] toReal, float[] toImaginary, boolean toPixels) {
            double[] sumReal = new double[toReal.length];
            double[] sumImaginary = new double[toReal.length];
            for (int i = 0; i < count; i++) {
                for (int at = 0; at < pixels; at++) {
                    double turns = samples.k()[0][i] * (double) (at % nx - nx / 2) / nx
                            + samples.k()[1][i] * (double) (at / nx % ny - ny / 2) / ny;
                    if (samples.dimensions() == 3) {
                        int nz = pixels / nx / ny;
                        turns += samples.k()[2][i] * (double) (at / (nx * ny) - nz / 2) / nz;
                    }
                    double cos = Math.cos(2 * Math.PI * turns);
                    double sin = Math.sin(2 * Math.PI * turns) * (toPixels ? 1 : -1);
                    int from = toPixels ? i : at;
                    int to = toPixels ? at : i;
                    sumReal[to] += fromReal[from] * cos - fromImaginary[from] * sin;
                    sumImaginary[to] += fromReal[from] * sin + fromImaginary[from] * cos;
                }
            }
            for (int i = 0; i < toReal.length; i++) {
                toReal[i] = (float) sumReal[i];
                toImaginary[i] = (float) sumImaginary[i];
            }
        }
    }

    private static boolean[] all(int count) {
        boolean[] wanted = new boolean[count];
        Arrays.fill(wanted, true);
        return wanted;
    }

    private static float[] gaussians(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** conj(a)·b. */
    private static double[] product(float[] aReal, float[] aImaginary, float[] bReal, float[] bImaginary) {
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < aReal.length; i++) {
            real += (double) aReal[i] * bReal[i] + (double) aImaginary[i] * bImaginary[i];
            imaginary += (double) aReal[i] * bImaginary[i] - (double) aImaginary[i] * bReal[i];
        }
        return new double[] {real, imaginary};
    }

    private static double error(float[] real, float[] imaginary, float[] exactReal, float[] exactImaginary) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < real.length; i++) {
            difference += Math.pow(real[i] - exactReal[i], 2) + Math.pow(imaginary[i] - exactImaginary[i], 2);
            norm += Math.pow(exactReal[i], 2) + Math.pow(exactImaginary[i], 2);
        }
        return Math.sqrt(difference / norm);
    }
}
