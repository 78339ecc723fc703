package org.isocenter.hardware.virtual;

import java.util.Arrays;
import java.util.Comparator;

/** Eigenvectors of small symmetric matrices. */
final class SymmetricMatrix {
    private static final int MOST_SWEEPS = 30;

    private SymmetricMatrix() {}

    /** The unit eigenvectors, that of the largest eigenvalue first, by Jacobi's rotations. The matrix is left alone. */
    static double[][] eigenvectors(double[][] matrix) {
        int size = matrix.length;
        double[][] m = new double[size][];
        double[][] vectors = new double[size][size];
        for (int i = 0; i < size; i++) {
            m[i] = matrix[i].clone();
            vectors[i][i] = 1;
        }
        boolean turned = true;
        for (int sweep = 0; turned && sweep < MOST_SWEEPS; sweep++) {
            turned = false;
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    if (Math.abs(m[p][q]) > 1e-17 * Math.sqrt(Math.abs(m[p][p] * m[q][q]))) {
                        rotate(m, vectors, p, q);
                        turned = true;
                    }
                }
            }
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -m[i][i]));
        double[][] sorted = new double[size][];
        Arrays.setAll(sorted, i -> vectors[order[i]]);
        return sorted;
    }

    /** Makes m[p][q] zero. Rows of {@code vectors} are the eigenvectors so far. */
    private static void rotate(double[][] m, double[][] vectors, int p, int q) {
        double theta = (m[q][q] - m[p][p]) / (2 * m[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.hypot(1, theta));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (double[] row : m) {
            double a = row[p];
            row[p] = c * a - s * row[q];
            row[q] = s * a + c * row[q];
        }
        for (double[][] rows : new double[][][] {m, vectors}) {
            for (int i = 0; i < m.length; i++) {
                double a = rows[p][i];
                rows[p][i] = c * a - s * rows[q][i];
                rows[q][i] = s * a + c * rows[q][i];
            }
        }
    }
}
