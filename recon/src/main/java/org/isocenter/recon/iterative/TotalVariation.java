package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Isotropic total variation (Rudin et al. 1992): the sum over pixels of the length of the complex gradient, by differences to the
 * next pixel along each axis, zero beyond the last one. Its proximal operator is found by the fast gradient projection of
 * Beck and Teboulle (IEEE Trans Image Process 2009), from the dual field that the call before has left. Rows of pixels run in
 * parallel on the common pool.
 */
public final class TotalVariation implements Regulariser {
    /** A call goes on where the one before has stopped, so that a few are enough. */
    private static final int DUAL_ITERATIONS = 10;

    private final int sizeX;
    private final int sizeY;
    private final int rows;
    /** Index steps to the next pixel along the axes that there are. */
    private final int[] strides;
    /** Dual field by axis and part (real, imaginary); zero where there is no next pixel. */
    private final float[][][] field;

    private final float[][][] ahead;
    private final float[][] image;
    private final float[] factor;

    public TotalVariation(int sizeX, int sizeY, int sizeZ) {
        this.sizeX = sizeX;
        this.sizeY = sizeY;
        this.rows = sizeY * sizeZ;
        this.strides = sizeZ > 1 ? new int[] {1, sizeX, sizeX * sizeY} : new int[] {1, sizeX};
        int points = sizeX * rows;
        field = new float[strides.length][2][points];
        ahead = new float[strides.length][2][points];
        image = new float[2][points];
        factor = new float[points];
    }

    @Override
    public void proximal(double weight, float[] real, float[] imaginary) {
        float[][] given = {real, imaginary};
        // No eigenvalue of the gradient's normal operator exceeds 4 for each axis.
        float step = 1f / (4 * strides.length);
        for (int axis = 0; axis < strides.length; axis++) {
            for (int part = 0; part < 2; part++) {
                System.arraycopy(field[axis][part], 0, ahead[axis][part], 0, factor.length);
            }
        }
        double momentum = 1;
        for (int iteration = 0; iteration < DUAL_ITERATIONS; iteration++) {
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            float by = (float) ((momentum - 1) / next);
            eachRow(row -> primal(given, ahead, row));
            eachRow(row -> dual(step, (float) weight, by, row));
            momentum = next;
        }
        eachRow(row -> primal(given, field, row));
        System.arraycopy(image[0], 0, real, 0, real.length);
        System.arraycopy(image[1], 0, imaginary, 0, imaginary.length);
    }

    private void eachRow(IntConsumer work) {
        IntStream.range(0, rows).parallel().forEach(work);
    }

    /** The image that belongs to a dual field: what was given, less the adjoint gradient of the field. */
    private void primal(float[][] given, float[][][] dual, int row) {
        int start = row * sizeX;
        int end = start + sizeX;
        for (int part = 0; part < 2; part++) {
            System.arraycopy(given[part], start, image[part], start, sizeX);
            for (int axis = 0; axis < strides.length; axis++) {
                Planar.add(dual[axis][part], image[part], start, end);
                int before = strides[axis];
                int first = axis == 0 ? start + 1 : isFirst(axis, row) ? end : start;
                subtractBefore(dual[axis][part], before, image[part], first, end);
            }
        }
    }

    private boolean isFirst(int axis, int row) {
        return axis == 1 ? row % sizeY == 0 : row < sizeY;
    }

    private boolean isLast(int axis, int row) {
        return axis == 1 ? row % sizeY == sizeY - 1 : row >= rows - sizeY;
    }

    private static void subtractBefore(float[] values, int before, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] -= values[i - before];
        }
    }

    /** A step along the gradient of the image, back into the ball, and a look ahead. */
    private void dual(float step, float weight, float momentum, int row) {
        int start = row * sizeX;
        int end = start + sizeX;
        Arrays.fill(factor, start, end, 0);
        for (int axis = 0; axis < strides.length; axis++) {
            int last = axis == 0 ? end - 1 : isLast(axis, row) ? start : end;
            for (int part = 0; part < 2; part++) {
                addDifference(step, image[part], strides[axis], ahead[axis][part], start, last);
                addSquares(ahead[axis][part], factor, start, end);
            }
        }
        for (int i = start; i < end; i++) {
            factor[i] = weight / Math.max(weight, (float) Math.sqrt(factor[i]));
        }
        for (int axis = 0; axis < strides.length; axis++) {
            for (int part = 0; part < 2; part++) {
                project(factor, momentum, field[axis][part], ahead[axis][part], start, end);
            }
        }
    }

    private static void addDifference(float step, float[] values, int next, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] += step * (values[i + next] - values[i]);
        }
    }

    private static void addSquares(float[] values, float[] to, int start, int end) {
        for (int i = start; i < end; i++) {
            to[i] += values[i] * values[i];
        }
    }

    private static void project(float[] factor, float momentum, float[] field, float[] ahead, int start, int end) {
        for (int i = start; i < end; i++) {
            float projected = factor[i] * ahead[i];
            ahead[i] = projected + momentum * (projected - field[i]);
            field[i] = projected;
        }
    }
}
