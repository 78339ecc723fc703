package org.isocenter.recon.iterative;

/** Solves the regularised normal equations by Gaussian elimination on their real matrix: twice as many rows as pixels. */
final class DirectSolution {
    private DirectSolution() {}

    /** First all real parts, then all imaginary ones. */
    static double[] of(EncodingOperator encoding, double shift, float[][] b) {
        int points = encoding.points();
        int size = 2 * points;
        double[][] rows = new double[size][size + 1];
        for (int column = 0; column < size; column++) {
            float[][] unit = new float[2][points];
            unit[column / points][column % points] = 1;
            float[][] normal = new float[2][points];
            encoding.normal(unit[0], unit[1], normal[0], normal[1]);
            for (int row = 0; row < size; row++) {
                rows[row][column] = normal[row / points][row % points] + (row == column ? shift : 0);
            }
        }
        for (int row = 0; row < size; row++) {
            rows[row][size] = b[row / points][row % points];
        }
        for (int pivot = 0; pivot < size; pivot++) {
            eliminate(rows, pivot);
        }
        double[] solution = new double[size];
        for (int row = 0; row < size; row++) {
            solution[row] = rows[row][size] / rows[row][row];
        }
        return solution;
    }

    /** The matrix is positive definite: no row needs to change place. */
    private static void eliminate(double[][] rows, int pivot) {
        for (int row = 0; row < rows.length; row++) {
            double factor = row == pivot ? 0 : rows[row][pivot] / rows[pivot][pivot];
            for (int column = pivot; factor != 0 && column <= rows.length; column++) {
                rows[row][column] -= factor * rows[pivot][column];
            }
        }
    }
}
