package org.isocenter.recon.parallel;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Eigenvalues and eigenvectors of a Hermitian matrix: reflections to a tridiagonal matrix, made real by turning the phases of
 * its coordinates, then implicit QL (Golub and Van Loan, Matrix Computations, 8.3; Bowdler et al. 1968). All inner loops run
 * along rows. A matrix of 288 rows takes some 0.1 s. Immutable.
 */
public final class HermitianEigen {
    private static final int MOST_SWEEPS = 60;

    private final int size;
    private final double[] diagonal;
    /** Element i couples rows i and i + 1; the last one is scratch. */
    private final double[] coupling;
    /** Reflection k is {@code I - 2·v·v'} with v, zero before k + 1, of length 1 or 0. */
    private final double[][] mirrorReal;

    private final double[][] mirrorImaginary;
    /** The phases that make the couplings real. */
    private final double[] phaseReal;

    private final double[] phaseImaginary;
    /** Row j is eigenvector j of the tridiagonal matrix. */
    private final double[][] tridiagonalVectors;
    /** Numbers of the eigenvalues, largest first. */
    private final int[] order;

    /** @param matrix is used up: its elements are overwritten */
    public HermitianEigen(HermitianMatrix matrix) {
        size = matrix.size();
        diagonal = new double[size];
        coupling = new double[size];
        mirrorReal = new double[size][];
        mirrorImaginary = new double[size][];
        phaseReal = new double[size];
        phaseImaginary = new double[size];
        tridiagonalVectors = new double[size][size];
        reduce(matrix);
        iterate();
        order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -diagonal[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** The largest has rank 0. */
    public double value(int rank) {
        return diagonal[order[rank]];
    }

    /** Puts the eigenvector, of length 1, into arrays of the matrix's size. */
    public void vector(int rank, double[] real, double[] imaginary) {
        double[] vector = tridiagonalVectors[order[rank]];
        for (int i = 0; i < size; i++) {
            real[i] = vector[i] * phaseReal[i];
            imaginary[i] = vector[i] * phaseImaginary[i];
        }
        for (int k = size - 2; k >= 0; k--) {
            reflect(mirrorReal[k], mirrorImaginary[k], real, imaginary, k + 1);
        }
    }

    private static void reflect(double[] vReal, double[] vImaginary, double[] real, double[] imaginary, int from) {
        double productReal = 0;
        double productImaginary = 0;
        for (int i = from; i < real.length; i++) {
            productReal += vReal[i] * real[i] + vImaginary[i] * imaginary[i];
            productImaginary += vReal[i] * imaginary[i] - vImaginary[i] * real[i];
        }
        for (int i = from; i < real.length; i++) {
            real[i] -= 2 * (productReal * vReal[i] - productImaginary * vImaginary[i]);
            imaginary[i] -= 2 * (productReal * vImaginary[i] + productImaginary * vReal[i]);
        }
    }

    /** To a tridiagonal matrix with real, non-negative couplings. */
    private void reduce(HermitianMatrix a) {
        double turnReal = 1;
        double turnImaginary = 0;
        for (int k = 0; k < size; k++) {
            diagonal[k] = a.real(k, k);
            phaseReal[k] = turnReal;
            phaseImaginary[k] = turnImaginary;
            if (k == size - 1) {
                return;
            }
            double[] vReal = new double[size];
            double[] vImaginary = new double[size];
            double squares = 0;
            for (int i = k + 1; i < size; i++) {
                // Column k, which is the mirror image of row k.
                vReal[i] = a.real(k, i);
                vImaginary[i] = -a.imaginary(k, i);
                squares += vReal[i] * vReal[i] + vImaginary[i] * vImaginary[i];
            }
            mirrorReal[k] = vReal;
            mirrorImaginary[k] = vImaginary;
            double norm = Math.sqrt(squares);
            double first = Math.hypot(vReal[k + 1], vImaginary[k + 1]);
            double directionReal = first > 0 ? vReal[k + 1] / first : 1;
            double directionImaginary = first > 0 ? vImaginary[k + 1] / first : 0;
            // The column becomes -direction·norm in its first element, without cancellation.
            vReal[k + 1] += directionReal * norm;
            vImaginary[k + 1] += directionImaginary * norm;
            double length = Math.sqrt(2 * norm * (norm + first));
            double scale = length > 0 ? 1 / length : 0;
            for (int i = k + 1; i < size; i++) {
                vReal[i] *= scale;
                vImaginary[i] *= scale;
            }
            reflectBothSides(a, vReal, vImaginary, k + 1);
            coupling[k] = norm;
            double signReal = length > 0 ? -directionReal : directionReal;
            double signImaginary = length > 0 ? -directionImaginary : directionImaginary;
            double newReal = turnReal * signReal - turnImaginary * signImaginary;
            turnImaginary = turnReal * signImaginary + turnImaginary * signReal;
            turnReal = newReal;
        }
    }

    /** {@code A - v·w' - w·v'} with {@code w = 2(Av - v(v'Av))}, in the rows and columns from {@code from} on. */
    private void reflectBothSides(HermitianMatrix a, double[] vReal, double[] vImaginary, int from) {
        double[] wReal = new double[size];
        double[] wImaginary = new double[size];
        for (int j = from; j < size; j++) {
            double[] rowReal = a.realRow(j);
            double[] rowImaginary = a.imaginaryRow(j);
            double factorReal = 2 * vReal[j];
            double factorImaginary = 2 * vImaginary[j];
            // Column j of A is its row j mirrored.
            for (int i = from; i < size; i++) {
                wReal[i] += factorReal * rowReal[i] + factorImaginary * rowImaginary[i];
            }
            for (int i = from; i < size; i++) {
                wImaginary[i] += factorImaginary * rowReal[i] - factorReal * rowImaginary[i];
            }
        }
        double product = 0;
        for (int i = from; i < size; i++) {
            product += vReal[i] * wReal[i] + vImaginary[i] * wImaginary[i];
        }
        for (int i = from; i < size; i++) {
            wReal[i] -= product * vReal[i];
            wImaginary[i] -= product * vImaginary[i];
        }
        for (int i = from; i < size; i++) {
            double[] rowReal = a.realRow(i);
            double[] rowImaginary = a.imaginaryRow(i);
            double vr = vReal[i];
            double vi = vImaginary[i];
            double wr = wReal[i];
            double wi = wImaginary[i];
            for (int j = from; j < size; j++) {
                rowReal[j] -= vr * wReal[j] + vi * wImaginary[j] + wr * vReal[j] + wi * vImaginary[j];
            }
            for (int j = from; j < size; j++) {
                rowImaginary[j] -= vi * wReal[j] - vr * wImaginary[j] + wi * vReal[j] - wr * vImaginary[j];
            }
        }
    }

    /** Implicit QL with Wilkinson's shift; rotations mix two rows of the vectors. */
    private void iterate() {
        for (int i = 0; i < size; i++) {
            tridiagonalVectors[i][i] = 1;
        }
        for (int l = 0; l < size; l++) {
            for (int sweep = 0; ; sweep++) {
                int m = firstNegligible(l);
                if (m == l) {
                    break;
                }
                if (sweep == MOST_SWEEPS) {
                    throw new IllegalArgumentException("eigenvalue " + l + " of " + size + " did not converge: "
                            + Arrays.toString(new double[] {diagonal[l], coupling[l]}));
                }
                sweep(l, m);
            }
        }
    }

    private int firstNegligible(int from) {
        int m = from;
        while (m < size - 1) {
            double scale = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
            if (Math.abs(coupling[m]) <= Math.ulp(scale)) {
                break;
            }
            m++;
        }
        return m;
    }

    private void sweep(int l, int m) {
        double g = (diagonal[l + 1] - diagonal[l]) / (2 * coupling[l]);
        double r = Math.hypot(g, 1);
        g = diagonal[m] - diagonal[l] + coupling[l] / (g + Math.copySign(r, g));
        double sine = 1;
        double cosine = 1;
        double shift = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = sine * coupling[i];
            double b = cosine * coupling[i];
            r = Math.hypot(f, g);
            coupling[i + 1] = r;
            if (r == 0) {
                diagonal[i + 1] -= shift;
                coupling[m] = 0;
                return;
            }
            sine = f / r;
            cosine = g / r;
            g = diagonal[i + 1] - shift;
            r = (diagonal[i] - g) * sine + 2 * cosine * b;
            shift = sine * r;
            diagonal[i + 1] = g + shift;
            g = cosine * r - b;
            rotate(tridiagonalVectors[i], tridiagonalVectors[i + 1], cosine, sine);
        }
        diagonal[l] -= shift;
        coupling[l] = g;
        coupling[m] = 0;
    }

    private static void rotate(double[] lower, double[] upper, double cosine, double sine) {
        for (int k = 0; k < lower.length; k++) {
            double f = upper[k];
            upper[k] = sine * lower[k] + cosine * f;
            lower[k] = cosine * lower[k] - sine * f;
        }
    }
}
