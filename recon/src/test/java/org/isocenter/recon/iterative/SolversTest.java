package org.isocenter.recon.iterative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SolversTest {
    @ParameterizedTest(name = "shift {0}")
    @ValueSource(doubles = {0, 0.05})
    void conjugateGradientsFindTheImageThatEliminationFinds(double shift) {
        RandomScan scan = new RandomScan(21, 5, 6, 1, 3);
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.LINES);
        float[][] b = adjoint(scan, encoding);
        float[][] x = new float[2][30];
        Outcome outcome = new ConjugateGradient(encoding)
                .solve(shift, b[0], b[1], x[0], x[1], new Limits(200, 1e-6), Progress.NONE);
        assertThat(outcome.end()).isEqualTo(Outcome.End.CONVERGED);
        double[] expected = DirectSolution.of(encoding, shift, b);
        for (int i = 0; i < 30; i++) {
            assertThat((double) x[0][i]).isEqualTo(expected[i], within(2e-4));
            assertThat((double) x[1][i]).isEqualTo(expected[30 + i], within(2e-4));
        }
    }

    @Test
    void conjugateGradientsStartFromWhereTheyAre() {
        RandomScan scan = new RandomScan(22, 8, 8, 1, 3);
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.POINTS);
        float[][] b = adjoint(scan, encoding);
        float[][] x = new float[2][64];
        ConjugateGradient solver = new ConjugateGradient(encoding);
        solver.solve(0.1, b[0], b[1], x[0], x[1], new Limits(200, 1e-5), Progress.NONE);
        float[] solved = x[0].clone();
        Outcome again = solver.solve(0.1, b[0], b[1], x[0], x[1], new Limits(200, 2e-5), Progress.NONE);
        assertThat(again.iterations()).isZero();
        assertThat(x[0]).isEqualTo(solved);
    }

    /** Residuals become rounding errors, and of the faintest data nothing; no step divides by what is left. */
    @ParameterizedTest(name = "brightness {0}")
    @ValueSource(floats = {1e-38f, 1e-30f, 1, 1e30f})
    void farBeyondTheSolutionConjugateGradientsStayThere(float brightness) {
        RandomScan scan = new RandomScan(27, 8, 8, 1, 3);
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.LINES);
        float[][] b = adjoint(scan, encoding);
        for (float[] part : b) {
            Planar.scale(brightness, part, 0, part.length);
        }
        float[][] few = new float[2][64];
        float[][] many = new float[2][64];
        ConjugateGradient solver = new ConjugateGradient(encoding);
        solver.solve(0.05, b[0], b[1], few[0], few[1], new Limits(100, 0), Progress.NONE);
        solver.solve(0.05, b[0], b[1], many[0], many[1], new Limits(3000, 0), Progress.NONE);
        assertThat(distance(few, many)).isLessThan(1e-4);
    }

    @Test
    void noDataGiveNoImage() {
        EncodingOperator encoding = new RandomScan(23, 8, 8, 1, 3).encoding(RandomScan.Pattern.POINTS);
        float[] zero = new float[64];
        float[] real = new float[64];
        float[] imaginary = new float[64];
        Outcome outcome =
                new ConjugateGradient(encoding).solve(0, zero, zero, real, imaginary, new Limits(5, 0), Progress.NONE);
        assertThat(outcome.end()).isEqualTo(Outcome.End.CONVERGED);
        assertThat(real).containsOnly(0);
        outcome = new ProximalGradient(encoding)
                .solve(1, still(8), 0.1, zero, zero, real, imaginary, new Limits(5, 0), Progress.NONE);
        assertThat(outcome.change()).isZero();
        assertThat(real).containsOnly(0);
    }

    /** With the identity for an encoding, the problem is that of the proximal operator. */
    @Test
    void aWholeKSpaceIsOnlyThresholded() {
        RandomScan scan = new RandomScan(24, 40, 40, 1, 4);
        scan.normaliseSensitivities();
        boolean[] all = new boolean[1600];
        Arrays.fill(all, true);
        EncodingOperator encoding = new EncodingOperator(CartesianSampling.of(40, 40, 1, all), scan.sensitivities());
        float[][] b = scan.image();
        float[][] x = new float[2][1600];
        new ProximalGradient(encoding)
                .solve(1, still(40), 0.3, b[0], b[1], x[0], x[1], new Limits(3, 0), Progress.NONE);
        still(40).proximal(0.3, b[0], b[1]);
        assertThat(x[0]).usingComparatorWithPrecision(1e-5f).containsExactly(b[0]);
        assertThat(x[1]).usingComparatorWithPrecision(1e-5f).containsExactly(b[1]);
    }

    @Test
    void bothSolversFindTheSameWaveletImageAndItFulfilsTheConditionOfTheOptimum() {
        theSame(still(36), still(36), still(36), 0.02);
    }

    @Test
    void bothSolversFindTheSameImageOfLeastTotalVariation() {
        theSame(variation(), variation(), variation(), 0.02);
    }

    private static void theSame(Regulariser forFista, Regulariser forAdmm, Regulariser forCheck, double weight) {
        RandomScan scan = new RandomScan(25, 36, 36, 1, 4);
        scan.normaliseSensitivities();
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.POINTS);
        float[][] b = adjoint(scan, encoding);
        float[][] x = new float[2][1296];
        float[][] y = new float[2][1296];
        new ProximalGradient(encoding)
                .solve(1, forFista, weight, b[0], b[1], x[0], x[1], new Limits(300, 0), Progress.NONE);
        new AlternatingDirections(encoding)
                .solve(0.2, forAdmm, weight, b[0], b[1], y[0], y[1], new Limits(150, 0), Progress.NONE);
        assertThat(distance(x, y)).isLessThan(1e-3);
        // A step down the gradient and the proximal operator lead back to the optimum.
        float[][] next = new float[2][1296];
        for (int call = 0; call < 20; call++) {
            encoding.normal(x[0], x[1], next[0], next[1]);
            for (int i = 0; i < 1296; i++) {
                next[0][i] = x[0][i] + b[0][i] - next[0][i];
                next[1][i] = x[1][i] + b[1][i] - next[1][i];
            }
            forCheck.proximal(weight, next[0], next[1]);
        }
        assertThat(distance(x, next)).isLessThan(1e-4);
    }

    @Test
    void progressIsToldAfterEachIterationAndMayEndTheWork() {
        RandomScan scan = new RandomScan(26, 20, 20, 1, 4);
        scan.normaliseSensitivities();
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.POINTS);
        float[][] b = adjoint(scan, encoding);
        float[][] x = new float[2][400];
        Limits limits = new Limits(10, 0);
        List<Integer> seen = new ArrayList<>();
        Progress third = (iteration, most, change) -> {
            assertThat(most).isEqualTo(10);
            assertThat(change).isPositive();
            seen.add(iteration);
            return iteration < 3;
        };
        List<Outcome> outcomes = List.of(
                new ConjugateGradient(encoding).solve(0.1, b[0], b[1], x[0], x[1], limits, third),
                new ProximalGradient(encoding).solve(1, still(20), 0.1, b[0], b[1], x[0], x[1], limits, third),
                new AlternatingDirections(encoding).solve(0.1, still(20), 0.1, b[0], b[1], x[0], x[1], limits, third));
        assertThat(outcomes).allMatch(each -> each.iterations() == 3 && each.end() == Outcome.End.CANCELLED);
        assertThat(seen).containsExactly(1, 2, 3, 1, 2, 3, 1, 2, 3);
    }

    @Test
    void aToleranceEndsTheIterationsEarly() {
        RandomScan scan = new RandomScan(27, 20, 20, 1, 4);
        scan.normaliseSensitivities();
        EncodingOperator encoding = scan.encoding(RandomScan.Pattern.POINTS);
        float[][] b = adjoint(scan, encoding);
        float[][] x = new float[2][400];
        Outcome outcome = new ProximalGradient(encoding)
                .solve(1, still(20), 0.1, b[0], b[1], x[0], x[1], new Limits(500, 1e-3), Progress.NONE);
        assertThat(outcome.end()).isEqualTo(Outcome.End.CONVERGED);
        assertThat(outcome.iterations()).isBetween(2, 200);
        assertThat(outcome.change()).isLessThanOrEqualTo(1e-3);
    }

    private static Regulariser still(int size) {
        return WaveletSparsity.still(WaveletFilter.DAUBECHIES_4, size, size, 1);
    }

    private static Regulariser variation() {
        return new TotalVariation(36, 36, 1);
    }

    private static float[][] adjoint(RandomScan scan, EncodingOperator encoding) {
        float[][] b = new float[2][encoding.points()];
        encoding.adjoint(scan.data(), scan.data(), b[0], b[1]);
        return b;
    }

    /** Relative to the first. */
    private static double distance(float[][] a, float[][] b) {
        double difference = 0;
        double whole = 0;
        for (int part = 0; part < 2; part++) {
            for (int i = 0; i < a[part].length; i++) {
                difference += Math.pow(a[part][i] - b[part][i], 2);
                whole += Math.pow(a[part][i], 2);
            }
        }
        return Math.sqrt(difference / whole);
    }
}
