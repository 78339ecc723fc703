package org.isocenter.recon.image;

import java.util.stream.IntStream;

/**
 * Interpolation by the cubic spline through a volume's values (Unser, Aldroubi and Eden 1993), mirrored at its borders. An
 * axis of one voxel is constant. Exact at the voxels; thread safe once made.
 */
final class CubicSpline {
    /** The pole of the recursive filter that makes coefficients of samples. */
    private static final float POLE = (float) (Math.sqrt(3) - 2);

    private static final float GAIN = 6;
    /** After so many samples the pole's powers are below the precision of a float. */
    private static final int MEMORY = 14;

    private final int columns;
    private final int rows;
    private final int slices;
    private final float[] coefficients;
    private final boolean acrossSlices;

    /**
     * @param values copied; column fastest, then row
     * @param acrossSlices whether points may lie between slices; if not, slices are taken one by one
     */
    CubicSpline(float[] values, int columns, int rows, int slices, boolean acrossSlices) {
        this.columns = columns;
        this.rows = rows;
        this.slices = slices;
        this.acrossSlices = acrossSlices;
        coefficients = values.clone();
        IntStream.range(0, slices).parallel().forEach(slice -> {
            int start = slice * rows * columns;
            for (int row = 0; row < rows; row++) {
                filter(start + row * columns, 1, columns);
            }
            for (int column = 0; column < columns; column++) {
                filter(start + column, columns, rows);
            }
        });
        if (acrossSlices) {
            IntStream.range(0, rows * columns).parallel().forEach(at -> filter(at, rows * columns, slices));
        }
    }

    /** Samples to coefficients along one line, in place. */
    private void filter(int start, int step, int count) {
        if (count == 1) {
            return;
        }
        float[] c = coefficients;
        int last = start + (count - 1) * step;
        float first = c[start];
        float power = POLE;
        int period = 2 * count - 2;
        for (int i = 1; i < MEMORY; i++) {
            int inside = i % period;
            first += power * c[start + (inside < count ? inside : period - inside) * step];
            power *= POLE;
        }
        c[start] = first;
        for (int at = start + step; at <= last; at += step) {
            c[at] += POLE * c[at - step];
        }
        c[last] = POLE / (POLE * POLE - 1) * (c[last] + POLE * c[last - step]);
        for (int at = last - step; at >= start; at -= step) {
            c[at] = POLE * (c[at + step] - c[at]);
        }
        for (int at = start; at <= last; at += step) {
            c[at] *= GAIN;
        }
    }

    /** At a point in voxels; outside of the volume by more than half a voxel it is 0. */
    float at(double column, double row, double slice) {
        if (outside(column, columns) || outside(row, rows) || outside(slice, slices)) {
            return 0;
        }
        int x = (int) Math.floor(column);
        int y = (int) Math.floor(row);
        if (!acrossSlices) {
            return plane((int) Math.rint(slice), x, (float) (column - x), y, (float) (row - y));
        }
        int z = (int) Math.floor(slice);
        float dz = (float) (slice - z);
        float sum = 0;
        for (int k = -1; k <= 2; k++) {
            sum += weight(k, dz) * plane(mirrored(z + k, slices), x, (float) (column - x), y, (float) (row - y));
        }
        return sum;
    }

    private float plane(int slice, int x, float dx, int y, float dy) {
        float w0 = weight(-1, dx);
        float w1 = weight(0, dx);
        float w2 = weight(1, dx);
        float w3 = weight(2, dx);
        int x0 = mirrored(x - 1, columns);
        int x1 = mirrored(x, columns);
        int x2 = mirrored(x + 1, columns);
        int x3 = mirrored(x + 2, columns);
        float sum = 0;
        for (int k = -1; k <= 2; k++) {
            int line = (slice * rows + mirrored(y + k, rows)) * columns;
            float along = w0 * coefficients[line + x0]
                    + w1 * coefficients[line + x1]
                    + w2 * coefficients[line + x2]
                    + w3 * coefficients[line + x3];
            sum += weight(k, dy) * along;
        }
        return sum;
    }

    private static boolean outside(double index, int count) {
        return !(index >= -0.5 && index <= count - 0.5);
    }

    private static int mirrored(int index, int count) {
        if (count == 1) {
            return 0;
        }
        int at = Math.abs(index) % (2 * count - 2);
        return at < count ? at : 2 * count - 2 - at;
    }

    /** The cubic B-spline that is centred at {@code offset}, seen from {@code fraction}, 0 to 1. */
    private static float weight(int offset, float fraction) {
        float d = 1 - fraction;
        return switch (offset) {
            case -1 -> d * d * d / 6;
            case 0 -> 2f / 3 - fraction * fraction * (2 - fraction) / 2;
            case 1 -> 2f / 3 - d * d * (2 - d) / 2;
            default -> fraction * fraction * fraction / 6;
        };
    }
}
