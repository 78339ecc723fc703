package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Least squares of a polynomial over a volume, in Legendre's polynomials of each axis: their products up to a total order.
 */
final class PolynomialFit {
    private final int columns;
    private final int rows;
    private final int slices;
    private final float[][] alongColumns;
    private final float[][] alongRows;
    private final float[][] alongSlices;
    /** Orders along columns, rows and slices of each term. */
    private final List<int[]> terms = new ArrayList<>();

    PolynomialFit(int columns, int rows, int slices, int order) {
        this.columns = columns;
        this.rows = rows;
        this.slices = slices;
        alongColumns = legendre(columns, order);
        alongRows = legendre(rows, order);
        alongSlices = legendre(slices, order);
        // An axis with few voxels cannot tell high orders apart.
        for (int z = 0; z <= Math.min(order, slices / 3); z++) {
            for (int y = 0; y + z <= order; y++) {
                for (int x = 0; x + y + z <= order; x++) {
                    terms.add(new int[] {x, y, z});
                }
            }
        }
    }

    private static float[][] legendre(int size, int order) {
        float[][] values = new float[order + 1][size];
        for (int i = 0; i < size; i++) {
            double u = size == 1 ? 0 : 2.0 * i / (size - 1) - 1;
            double before = 0;
            double value = 1;
            for (int n = 0; n <= order; n++) {
                values[n][i] = (float) value;
                double next = ((2 * n + 1) * u * value - n * before) / (n + 1);
                before = value;
                value = next;
            }
        }
        return values;
    }

    /** @param voxels numbers of those that values and weights are of */
    double[] coefficients(int[] voxels, float[] values, float[] weights) {
        int count = terms.size();
        double[][] normal = new double[count][count + 1];
        double[] basis = new double[count];
        for (int v = 0; v < voxels.length; v++) {
            if (weights[v] > 0) {
                fill(basis, voxels[v]);
                for (int i = 0; i < count; i++) {
                    double weighted = weights[v] * basis[i];
                    for (int j = i; j < count; j++) {
                        normal[i][j] += weighted * basis[j];
                    }
                    normal[i][count] += weighted * values[v];
                }
            }
        }
        return solved(normal);
    }

    float[] at(int[] voxels, double[] coefficients) {
        double[] basis = new double[terms.size()];
        float[] values = new float[voxels.length];
        for (int v = 0; v < voxels.length; v++) {
            values[v] = value(voxels[v], basis, coefficients);
        }
        return values;
    }

    float[] everywhere(double[] coefficients) {
        float[] values = new float[columns * rows * slices];
        IntStream.range(0, rows * slices).parallel().forEach(line -> {
            double[] basis = new double[terms.size()];
            for (int at = line * columns; at < (line + 1) * columns; at++) {
                values[at] = value(at, basis, coefficients);
            }
        });
        return values;
    }

    private float value(int at, double[] basis, double[] coefficients) {
        fill(basis, at);
        double sum = 0;
        for (int i = 0; i < basis.length; i++) {
            sum += coefficients[i] * basis[i];
        }
        return (float) sum;
    }

    private void fill(double[] basis, int at) {
        int x = at % columns;
        int y = at / columns % rows;
        int z = at / (columns * rows);
        for (int i = 0; i < basis.length; i++) {
            int[] term = terms.get(i);
            basis[i] = alongColumns[term[0]][x] * alongRows[term[1]][y] * alongSlices[term[2]][z];
        }
    }

    /** By Cholesky's method on the upper triangle; what the data do not tell apart gets 0. */
    private static double[] solved(double[][] normal) {
        int count = normal.length;
        for (int i = 0; i < count; i++) {
            double whole = normal[i][i];
            for (int k = 0; k < i; k++) {
                whole -= normal[k][i] * normal[k][i];
            }
            boolean told = whole > 1e-9 * normal[i][i];
            double pivot = told ? Math.sqrt(whole) : 0;
            for (int j = i; j <= count; j++) {
                double value = normal[i][j];
                for (int k = 0; k < i; k++) {
                    value -= normal[k][i] * normal[k][j];
                }
                normal[i][j] = told ? value / pivot : 0;
            }
        }
        double[] solution = new double[count];
        for (int i = count - 1; i >= 0; i--) {
            double value = normal[i][count];
            for (int j = i + 1; j < count; j++) {
                value -= normal[i][j] * solution[j];
            }
            solution[i] = normal[i][i] > 0 ? value / normal[i][i] : 0;
        }
        return solution;
    }
}
