package org.isocenter.recon.parallel;

/**
 * The factorisation {@code A + ridge·I = U'U} of a positive definite Hermitian matrix (Golub and Van Loan, Matrix Computations,
 * 4.2), written so that the inner loops run along rows. Immutable.
 */
final class Cholesky {
    private final double[][] real;
    private final double[][] imaginary;

    /**
     * @param ridge is added to the diagonal
     * @throws IllegalArgumentException if the sum is not positive definite
     */
    Cholesky(HermitianMatrix matrix, double ridge) {
        int size = matrix.size();
        real = new double[size][];
        imaginary = new double[size][];
        for (int row = 0; row < size; row++) {
            real[row] = matrix.realRow(row).clone();
            imaginary[row] = matrix.imaginaryRow(row).clone();
            real[row][row] += ridge;
        }
        for (int k = 0; k < size; k++) {
            double pivot = real[k][k];
            if (!(pivot > 0) || Double.isInfinite(pivot)) {
                throw new IllegalArgumentException(
                        "matrix of " + size + " rows is not positive definite: pivot " + k + " is " + pivot);
            }
            double scale = 1 / Math.sqrt(pivot);
            for (int j = k; j < size; j++) {
                real[k][j] *= scale;
                imaginary[k][j] *= scale;
            }
            for (int i = k + 1; i < size; i++) {
                subtractScaled(real[k][i], -imaginary[k][i], real[k], imaginary[k], real[i], imaginary[i], i);
            }
        }
    }

    /** Replaces right-hand sides by solutions: {@code row[i][j]} is element i of right-hand side j. */
    void solve(double[][] rowsReal, double[][] rowsImaginary) {
        int size = real.length;
        for (int k = 0; k < size; k++) {
            scale(1 / real[k][k], rowsReal[k], rowsImaginary[k]);
            for (int i = k + 1; i < size; i++) {
                subtractScaled(
                        real[k][i], -imaginary[k][i], rowsReal[k], rowsImaginary[k], rowsReal[i], rowsImaginary[i], 0);
            }
        }
        for (int k = size - 1; k >= 0; k--) {
            for (int i = k + 1; i < size; i++) {
                subtractScaled(
                        real[k][i], imaginary[k][i], rowsReal[i], rowsImaginary[i], rowsReal[k], rowsImaginary[k], 0);
            }
            scale(1 / real[k][k], rowsReal[k], rowsImaginary[k]);
        }
    }

    private static void scale(double factor, double[] rowReal, double[] rowImaginary) {
        for (int j = 0; j < rowReal.length; j++) {
            rowReal[j] *= factor;
            rowImaginary[j] *= factor;
        }
    }

    private static void subtractScaled(
            double factorReal,
            double factorImaginary,
            double[] rowReal,
            double[] rowImaginary,
            double[] toReal,
            double[] toImaginary,
            int from) {
        for (int j = from; j < toReal.length; j++) {
            toReal[j] -= factorReal * rowReal[j] - factorImaginary * rowImaginary[j];
        }
        for (int j = from; j < toReal.length; j++) {
            toImaginary[j] -= factorReal * rowImaginary[j] + factorImaginary * rowReal[j];
        }
    }
}
