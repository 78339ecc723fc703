package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * How much each spin of a block counts in each term of an expansion. Planar, in as many parts as the kernels like
 * ({@link SpinKernels#parts}); what is beyond the last spin is zero. Made anew for one block after another: scratch space of one thread.
 */
final class BlockProjection {
    private final int parts;
    private SpinBlock block;
    private PhaseBasis basis;
    private int moves;
    private Expansion expansion;
    /** A place of which the phases are those of the coordinates' middle. */
    private double[] centre = {};
    /** {@code [term·parts + part][spin]}. */
    private float[][] weight = {};

    private double[][] coordinate = {};
    private float[][][] polynomial = {}; // [direction][degree·parts + part][spin]

    BlockProjection(int parts) {
        this.parts = parts;
    }

    boolean isOf(SpinBlock other, PhaseBasis otherBasis) {
        return block == other && basis == otherBasis && moves == other.moves;
    }

    void set(SpinBlock newBlock, PhaseBasis newBasis) {
        block = newBlock;
        basis = newBasis;
        moves = block.moves;
        int directions = basis.reach.length;
        if (coordinate.length < directions) {
            coordinate = new double[directions][SpinBlock.LARGEST];
            polynomial = Arrays.copyOf(polynomial, directions);
        }
        double[] middle = new double[directions];
        double[] half = new double[directions];
        for (int k = 0; k < directions; k++) {
            coordinates(basis.direction[k], coordinate[k]);
            double low = coordinate[k][0];
            double high = low;
            for (int i = 1; i < block.spins; i++) {
                double at = coordinate[k][i];
                low = at < low ? at : low;
                high = at > high ? at : high;
            }
            middle[k] = 0.5 * (low + high);
            half[k] = 0.5 * (high - low);
        }
        setCentre(middle);
        expansion = basis.expansion(half);
        if (expansion.terms() <= Expansion.MOST_TERMS) {
            setWeights(middle);
        }
    }

    /** Along a direction, from the block's centre. */
    private void coordinates(double[] along, double[] result) {
        double[] c = block.centre(along.length);
        Arrays.fill(result, 0, block.spins, 0);
        for (int a = 0; a < along.length; a++) {
            if (along[a] != 0) {
                block.addCoordinate(a, along[a], c[a], result);
            }
        }
    }

    /**
     * The phase of the middle is Σ κk·middle_k, and κk is Σ dual·K: so it is that of a spin which stands
     * Σ dual·middle from the block's centre.
     */
    private void setCentre(double[] middle) {
        int coordinates = basis.coordinates();
        centre = Arrays.copyOf(block.centre(coordinates), coordinates);
        for (int k = 0; k < middle.length; k++) {
            for (int a = 0; a < coordinates; a++) {
                centre[a] += basis.dual[k][a] * middle[k];
            }
        }
    }

    private void setWeights(double[] middle) {
        int rows = expansion.terms() * parts;
        weight = withRows(weight, rows);
        int length = partLength();
        if (middle.length == 0) {
            fillOnes(weight);
            return;
        }
        if (middle.length == 1) {
            polynomials(0, middle[0], length, weight);
            return;
        }
        for (int k = 0; k < middle.length; k++) {
            polynomial[k] =
                    withRows(polynomial[k] == null ? new float[0][] : polynomial[k], expansion.degrees[k] * parts);
            polynomials(k, middle[k], length, polynomial[k]);
        }
        for (int term = 0; term < expansion.terms(); term++) {
            int[] degree = expansion.degree[term];
            for (int q = 0; q < parts; q++) {
                float[] row = weight[term * parts + q];
                System.arraycopy(polynomial[0][degree[0] * parts + q], 0, row, 0, length);
                for (int k = 1; k < degree.length; k++) {
                    if (degree[k] > 0) {
                        multiply(row, polynomial[k][degree[k] * parts + q], length);
                    }
                }
            }
        }
    }

    private float[][] withRows(float[][] rows, int count) {
        if (rows.length >= count) {
            return rows;
        }
        float[][] more = Arrays.copyOf(rows, count);
        for (int row = rows.length; row < count; row++) {
            more[row] = new float[SpinBlock.LARGEST / parts];
        }
        return more;
    }

    private void fillOnes(float[][] rows) {
        int left = block.spins;
        int length = partLength();
        for (int q = 0; q < parts; q++) {
            int here = Math.max(0, Math.min(left, length));
            Arrays.fill(rows[q], 0, here, 1);
            Arrays.fill(rows[q], here, length, 0);
            left -= here;
        }
    }

    /** T0, T1, … of the scaled coordinate by their recurrence. */
    private void polynomials(int k, double middle, int length, float[][] rows) {
        fillOnes(rows);
        int degrees = expansion.degrees[k];
        if (degrees == 1) {
            return;
        }
        double scale = 1 / expansion.range[k];
        for (int q = 0; q < parts; q++) {
            float[] first = rows[parts + q];
            int from = q * length;
            int here = Math.max(0, Math.min(block.spins - from, length));
            for (int i = 0; i < here; i++) {
                first[i] = (float) (scale * (coordinate[k][from + i] - middle));
            }
            Arrays.fill(first, here, length, 0);
            for (int m = 2; m < degrees; m++) {
                next(rows[m * parts + q], first, rows[(m - 1) * parts + q], rows[(m - 2) * parts + q], here);
                Arrays.fill(rows[m * parts + q], here, length, 0);
            }
        }
    }

    private static void next(float[] result, float[] s, float[] one, float[] two, int count) {
        for (int i = 0; i < count; i++) {
            result[i] = 2 * s[i] * one[i] - two[i];
        }
    }

    private static void multiply(float[] row, float[] by, int count) {
        for (int i = 0; i < count; i++) {
            row[i] *= by[i];
        }
    }

    /** Spins in each part but the last ones: a multiple of 16. */
    int partLength() {
        return (block.spins + 16 * parts - 1) / (16 * parts) * 16;
    }

    Expansion expansion() {
        return expansion;
    }

    double[] centre() {
        return centre;
    }

    float[][] weight() {
        return weight;
    }
}
