package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HermitianEigenTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 40, 97})
    void vectorsTimesTheMatrixAreThemselvesTimesTheirValues(int size) {
        HermitianMatrix matrix = random(size, size + 3);
        HermitianEigen eigen = new HermitianEigen(copy(matrix));
        double trace = 0;
        double before = Double.POSITIVE_INFINITY;
        double[][] real = new double[size][size];
        double[][] imaginary = new double[size][size];
        for (int rank = 0; rank < size; rank++) {
            eigen.vector(rank, real[rank], imaginary[rank]);
            assertThat(eigen.value(rank)).as("seed %d", size).isLessThanOrEqualTo(before);
            before = eigen.value(rank);
            trace += before;
            for (int row = 0; row < size; row++) {
                double[] product = product(matrix, row, real[rank], imaginary[rank]);
                assertThat(product[0]).as("seed %d", size).isEqualTo(before * real[rank][row], within(1e-11 * size));
                assertThat(product[1]).isEqualTo(before * imaginary[rank][row], within(1e-11 * size));
            }
            for (int other = 0; other <= rank; other++) {
                double expected = other == rank ? 1 : 0;
                assertThat(dot(real[other], imaginary[other], real[rank], imaginary[rank]))
                        .isEqualTo(expected, within(1e-11));
            }
        }
        assertThat(trace).isEqualTo(matrix.trace(), within(1e-10 * size));
    }

    @Test
    void aMatrixOfRankOneHasOneValue() {
        HermitianMatrix matrix = new HermitianMatrix(3);
        double[] real = {1, 0, 2};
        double[] imaginary = {0, 2, 0};
        for (int a = 0; a < 3; a++) {
            for (int b = a; b < 3; b++) {
                matrix.set(
                        a,
                        b,
                        real[a] * real[b] + imaginary[a] * imaginary[b],
                        imaginary[a] * real[b] - real[a] * imaginary[b]);
            }
        }
        HermitianEigen eigen = new HermitianEigen(matrix);
        assertThat(eigen.value(0)).isEqualTo(9, within(1e-12));
        assertThat(eigen.value(1)).isEqualTo(0, within(1e-12));
        assertThat(eigen.value(2)).isEqualTo(0, within(1e-12));
    }

    @Test
    void aMatrixOfZerosHasZerosForValues() {
        HermitianEigen eigen = new HermitianEigen(new HermitianMatrix(4));
        assertThat(eigen.value(0)).isZero();
        assertThat(eigen.value(3)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 30})
    void aMatrixTimesItsInverseIsOne(int size) {
        HermitianMatrix factor = random(size, 5 * size + 1);
        HermitianMatrix matrix = squared(factor);
        HermitianMatrix inverse = matrix.inverse();
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double real = 0;
                double imaginary = 0;
                for (int k = 0; k < size; k++) {
                    real += matrix.real(row, k) * inverse.real(k, column)
                            - matrix.imaginary(row, k) * inverse.imaginary(k, column);
                    imaginary += matrix.real(row, k) * inverse.imaginary(k, column)
                            + matrix.imaginary(row, k) * inverse.real(k, column);
                }
                assertThat(real).as("seed %d", size).isEqualTo(row == column ? 1 : 0, within(1e-8));
                assertThat(imaginary).as("seed %d", size).isEqualTo(0, within(1e-8));
            }
        }
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsRefused() {
        HermitianMatrix matrix = new HermitianMatrix(2);
        matrix.set(0, 0, 1, 0);
        matrix.set(0, 1, 0, 2);
        matrix.set(1, 1, 1, 0);
        assertThatThrownBy(matrix::inverse).hasMessageContaining("not positive definite");
    }

    private static HermitianMatrix random(int size, long seed) {
        Random random = new Random(seed);
        HermitianMatrix matrix = new HermitianMatrix(size);
        for (int row = 0; row < size; row++) {
            for (int column = row; column < size; column++) {
                matrix.set(row, column, random.nextGaussian(), random.nextGaussian());
            }
        }
        return matrix;
    }

    private static HermitianMatrix copy(HermitianMatrix matrix) {
        HermitianMatrix copy = new HermitianMatrix(matrix.size());
        for (int row = 0; row < matrix.size(); row++) {
            for (int column = row; column < matrix.size(); column++) {
                copy.set(row, column, matrix.real(row, column), matrix.imaginary(row, column));
            }
        }
        return copy;
    }

    private static HermitianMatrix squared(HermitianMatrix matrix) {
        HermitianMatrix square = new HermitianMatrix(matrix.size());
        for (int row = 0; row < matrix.size(); row++) {
            for (int column = row; column < matrix.size(); column++) {
                double real = row == column ? 0.1 : 0;
                double imaginary = 0;
                for (int k = 0; k < matrix.size(); k++) {
                    real += matrix.real(row, k) * matrix.real(k, column)
                            - matrix.imaginary(row, k) * matrix.imaginary(k, column);
                    imaginary += matrix.real(row, k) * matrix.imaginary(k, column)
                            + matrix.imaginary(row, k) * matrix.real(k, column);
                }
                square.set(row, column, real, imaginary);
            }
        }
        return square;
    }

    private static double[] product(HermitianMatrix matrix, int row, double[] real, double[] imaginary) {
        double sumReal = 0;
        double sumImaginary = 0;
        for (int k = 0; k < real.length; k++) {
            sumReal += matrix.real(row, k) * real[k] - matrix.imaginary(row, k) * imaginary[k];
            sumImaginary += matrix.real(row, k) * imaginary[k] + matrix.imaginary(row, k) * real[k];
        }
        return new double[] {sumReal, sumImaginary};
    }

    /** The magnitude of the inner product. */
    private static double dot(double[] aReal, double[] aImaginary, double[] bReal, double[] bImaginary) {
        double real = 0;
        double imaginary = 0;
        for (int k = 0; k < aReal.length; k++) {
            real += aReal[k] * bReal[k] + aImaginary[k] * bImaginary[k];
            imaginary += aReal[k] * bImaginary[k] - aImaginary[k] * bReal[k];
        }
        return Math.hypot(real, imaginary);
    }
}
