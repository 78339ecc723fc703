package org.isocenter.recon.parallel;

/**
 * A Hermitian matrix in double precision, planar, one array per row; both triangles are kept. The rows are the matrix's own,
 * not copies. Meant for up to about a thousand rows: the covariance of channels, normal equations of kernels.
 */
public final class HermitianMatrix {
    private final double[][] real;
    private final double[][] imaginary;

    /** Zeros. */
    public HermitianMatrix(int size) {
        real = new double[size][size];
        imaginary = new double[size][size];
    }

    public int size() {
        return real.length;
    }

    public double real(int row, int column) {
        return real[row][column];
    }

    public double imaginary(int row, int column) {
        return imaginary[row][column];
    }

    /** Sets an element and its mirror image. The imaginary part of the diagonal is zero whatever is said. */
    public void set(int row, int column, double realPart, double imaginaryPart) {
        real[row][column] = realPart;
        real[column][row] = realPart;
        imaginary[row][column] = imaginaryPart;
        imaginary[column][row] = row == column ? 0 : -imaginaryPart;
        imaginary[row][row] = row == column ? 0 : imaginary[row][row];
    }

    double[] realRow(int row) {
        return real[row];
    }

    double[] imaginaryRow(int row) {
        return imaginary[row];
    }

    /** Makes the lower triangle the mirror image of the upper one. */
    void mirror() {
        for (int row = 0; row < size(); row++) {
            imaginary[row][row] = 0;
            for (int column = row + 1; column < size(); column++) {
                real[column][row] = real[row][column];
                imaginary[column][row] = -imaginary[row][column];
            }
        }
    }

    /** The sum of the diagonal, which is that of the eigenvalues. */
    double trace() {
        double sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += real[i][i];
        }
        return sum;
    }

    /**
     * @throws IllegalArgumentException if the matrix is not positive definite
     */
    public HermitianMatrix inverse() {
        Cholesky cholesky = new Cholesky(this, 0);
        HermitianMatrix inverse = new HermitianMatrix(size());
        for (int i = 0; i < size(); i++) {
            inverse.real[i][i] = 1;
        }
        cholesky.solve(inverse.real, inverse.imaginary);
        return inverse;
    }
}
