package org.isocenter.recon.iterative;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One level of a separable wavelet transform of planes of rows: across planes, then across rows, then, transposed, across
 * columns. The result stays transposed, the next level starts from there, and so each level costs one transposition and all
 * filters run along rows, which is vectorised. Planes run in parallel on the common pool.
 */
final class WaveletLevel {
    private static final int TILE = 16;
    private static final int MOST_WORKERS = 8;

    private final WaveletFilter filter;
    private final int planes;
    private final int rows;
    private final int columns;
    private final boolean acrossPlanes;
    private final boolean acrossRows;
    private final boolean acrossColumns;
    /** The input, one plane after the other; borrowed from the level before. */
    private final float[][][] input;
    /** After the filter across planes; the input itself where there is none. */
    private final float[][][] between;
    /** The bands, transposed: as many rows as the input has columns. */
    private final float[][][] output;
    /** Row r of all planes, so that the filter across planes finds its rows. */
    private final float[][][] inputByRow;

    private final float[][][] betweenByRow;
    private final Scratch[] scratches;

    /** @param least points that an axis must keep in its low half to be halved */
    WaveletLevel(WaveletFilter filter, float[][][] input, int columns, int least) {
        this.filter = filter;
        this.input = input;
        this.planes = input.length;
        this.rows = input[0].length;
        this.columns = columns;
        acrossPlanes = splits(planes, least);
        acrossRows = splits(rows, least);
        acrossColumns = splits(columns, least);
        between = acrossPlanes ? new float[planes][rows][columns] : input;
        output = new float[planes][columns][rows];
        inputByRow = byRow(input);
        betweenByRow = byRow(between);
        scratches = new Scratch[Math.min(planes, MOST_WORKERS)];
        Arrays.setAll(scratches, worker -> new Scratch());
    }

    static boolean splits(int points, int least) {
        return low(points) >= least;
    }

    private static int low(int points) {
        return points - points / 2;
    }

    boolean isLast() {
        return !acrossPlanes && !acrossRows && !acrossColumns;
    }

    /** The part of the output that the next level works on: its rows, of which only the first {@link #nextColumns} count. */
    float[][][] nextInput() {
        float[][][] next = new float[lowPlanes()][][];
        Arrays.setAll(next, plane -> Arrays.copyOf(output[plane], lowColumns()));
        return next;
    }

    int nextColumns() {
        return acrossRows ? low(rows) : rows;
    }

    private int lowPlanes() {
        return acrossPlanes ? low(planes) : planes;
    }

    private int lowColumns() {
        return acrossColumns ? low(columns) : columns;
    }

    void forward() {
        if (acrossPlanes) {
            each(rows, row -> filter.split(inputByRow[row], betweenByRow[row], planes, columns));
        }
        eachPlane(Scratch::forward);
    }

    /** From the bands back to the input. */
    void inverse() {
        eachPlane(Scratch::inverse);
        if (acrossPlanes) {
            each(rows, row -> filter.merge(betweenByRow[row], inputByRow[row], planes, columns));
        }
    }

    /** Soft-thresholds the bands of this level, but for what a next level splits further. */
    static void shrink(WaveletLevel real, WaveletLevel imaginary, boolean last, float threshold) {
        each(real.planes, plane -> {
            for (int row = 0; row < real.columns; row++) {
                boolean further = !last && plane < real.lowPlanes() && row < real.lowColumns();
                SoftThreshold.shrink(
                        threshold,
                        real.output[plane][row],
                        imaginary.output[plane][row],
                        further ? real.nextColumns() : 0,
                        real.rows);
            }
        });
    }

    /** The sum of the squares of the same values. */
    double energy(boolean last) {
        double energy = 0;
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < columns; row++) {
                boolean further = !last && plane < lowPlanes() && row < lowColumns();
                float[] values = output[plane][row];
                energy += Planar.dot(values, values, further ? nextColumns() : 0, rows);
            }
        }
        return energy;
    }

    private interface PlaneWork {
        void on(Scratch scratch, int plane);
    }

    private void eachPlane(PlaneWork work) {
        each(scratches.length, worker -> {
            for (int plane = worker; plane < planes; plane += scratches.length) {
                work.on(scratches[worker], plane);
            }
        });
    }

    /** Of one thread. */
    private final class Scratch {
        private final float[][] bands = acrossRows ? new float[rows][columns] : null;
        private final float[][] turned = acrossColumns ? new float[columns][rows] : null;

        void forward(int plane) {
            float[][] from = between[plane];
            if (acrossRows) {
                filter.split(from, bands, rows, columns);
                from = bands;
            }
            if (acrossColumns) {
                transpose(from, turned, rows, columns);
                filter.split(turned, output[plane], columns, rows);
            } else {
                transpose(from, output[plane], rows, columns);
            }
        }

        void inverse(int plane) {
            float[][] from = output[plane];
            if (acrossColumns) {
                filter.merge(from, turned, columns, rows);
                from = turned;
            }
            if (acrossRows) {
                transpose(from, bands, columns, rows);
                filter.merge(bands, between[plane], rows, columns);
            } else {
                transpose(from, between[plane], columns, rows);
            }
        }
    }

    private interface Work {
        void on(int index);
    }

    private static void each(int count, Work work) {
        if (count == 1) {
            work.on(0);
        } else {
            IntStream.range(0, count).parallel().forEach(work::on);
        }
    }

    private static float[][][] byRow(float[][][] planes) {
        float[][][] turned = new float[planes[0].length][planes.length][];
        for (int plane = 0; plane < planes.length; plane++) {
            for (int row = 0; row < turned.length; row++) {
                turned[row][plane] = planes[plane][row];
            }
        }
        return turned;
    }

    private static void transpose(float[][] from, float[][] to, int rows, int columns) {
        for (int row = 0; row < rows; row += TILE) {
            int lastRow = Math.min(rows, row + TILE);
            for (int column = 0; column < columns; column++) {
                float[] turned = to[column];
                for (int i = row; i < lastRow; i++) {
                    turned[i] = from[i][column];
                }
            }
        }
    }
}
