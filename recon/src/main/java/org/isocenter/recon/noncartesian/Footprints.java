package org.isocenter.recon.noncartesian;

import java.util.stream.IntStream;

/**
 * Where the kernel about each sample lies on a grid: worked out once, for all channels and rounds. Samples are sorted by
 * tiles of the grid, so that those that follow one another share what is in the cache, and tiles by layers of the slowest axis,
 * so that threads do not meet: first every other layer is worked on, then those between. Sums therefore do not depend on the
 * number of threads. Immutable; any thread.
 */
final class Footprints {
    private static final int W = KaiserBessel.WIDTH;
    /** Grid points along the edge of a tile; a layer is as thick and so reaches into its neighbour only. */
    private static final int TILE = 16;

    private final KernelGrid grid;
    /** Of the samples in the order of tiles: which it is, where the kernel begins, how far the first point is inside of it. */
    private final int[] sample;

    private final int[] offset;
    private final float[] insideX;
    private final float[] insideY;
    private final float[] insideZ;
    /** The first sample of each layer, and the number of all at the end. */
    private final int[] layers;

    Footprints(Samples samples, KernelGrid grid) {
        this.grid = grid;
        int count = samples.count();
        int[] tile = new int[count];
        int columns = tiles(grid.x);
        int rows = tiles(grid.y);
        GridSize slowest = grid.z.points() == 1 ? grid.y : grid.z;
        int tilesInLayer = grid.z.points() == 1 ? columns : columns * rows;
        int[] starts = new int[tilesInLayer * tiles(slowest) + 1];
        for (int i = 0; i < count; i++) {
            tile[i] = -1;
            if (samples.wanted()[i]) {
                int z = grid.z.points() == 1 ? 0 : begin(grid.z, samples.k()[2][i]) / TILE;
                int inPlane =
                        begin(grid.y, samples.k()[1][i]) / TILE * columns + begin(grid.x, samples.k()[0][i]) / TILE;
                tile[i] = z * columns * rows + inPlane;
                starts[tile[i] + 1]++;
            }
        }
        for (int t = 1; t < starts.length; t++) {
            starts[t] += starts[t - 1];
        }
        layers = new int[tiles(slowest) + 1];
        for (int layer = 0; layer < layers.length; layer++) {
            layers[layer] = starts[layer * tilesInLayer];
        }
        int wanted = starts[starts.length - 1];
        sample = new int[wanted];
        offset = new int[wanted];
        insideX = new float[wanted];
        insideY = new float[wanted];
        insideZ = new float[grid.z.points() == 1 ? 0 : wanted];
        for (int i = 0; i < count; i++) {
            if (tile[i] >= 0) {
                place(samples, i, starts[tile[i]]++);
            }
        }
    }

    private void place(Samples samples, int i, int at) {
        sample[at] = i;
        float kx = samples.k()[0][i];
        float ky = samples.k()[1][i];
        int z = 0;
        insideX[at] = inside(grid.x, kx);
        insideY[at] = inside(grid.y, ky);
        if (grid.z.points() > 1) {
            float kz = samples.k()[2][i];
            insideZ[at] = inside(grid.z, kz);
            z = begin(grid.z, kz);
        }
        offset[at] = (z * grid.y.padded() + begin(grid.y, ky)) * grid.x.padded() + begin(grid.x, kx);
    }

    private static int tiles(GridSize axis) {
        return (axis.points() + TILE - 1) / TILE;
    }

    private static double first(GridSize axis, double turns) {
        return Math.ceil(axis.position(turns) - W / 2.0);
    }

    /** The first grid point under the kernel. */
    private static int begin(GridSize axis, double turns) {
        return Math.floorMod((int) first(axis, turns), axis.points());
    }

    private static float inside(GridSize axis, double turns) {
        return (float) (first(axis, turns) - (axis.position(turns) - W / 2.0));
    }

    /** Adds each wanted sample's value to the grid points around it. Works in the common pool. */
    void spread(float[] values, float[] to) {
        for (int first = 0; first < 2; first++) {
            int parity = first;
            IntStream.range(0, layers.length / 2).parallel().forEach(pair -> {
                int layer = 2 * pair + parity;
                if (layer < layers.length - 1) {
                    new Kernel().spread(layer, values, to);
                }
            });
        }
        grid.fold(to);
    }

    /** The grid's values at each wanted sample, seen through the kernel; the others are left alone. Works in the common pool. */
    void gather(float[] from, float[] values) {
        IntStream.range(0, layers.length - 1).parallel().forEach(layer -> new Kernel().gather(layer, from, values));
    }
    /** The weights about one sample after another. One thread. */
    private final class Kernel {
        private final float[] alongX = new float[W];
        private final float[] alongY = new float[W];
        private final float[] alongZ = {1, 0, 0, 0, 0, 0};

        private void at(int i) {
            grid.kernelX.weights(insideX[i], alongX);
            grid.kernelY.weights(insideY[i], alongY);
            if (insideZ.length > 0) {
                grid.kernelZ.weights(insideZ[i], alongZ);
            }
        }

        void spread(int layer, float[] values, float[] to) {
            int row = grid.x.padded();
            int plane = row * grid.y.padded();
            int depth = grid.z.width();
            for (int i = layers[layer]; i < layers[layer + 1]; i++) {
                at(i);
                for (int c = 0; c < depth; c++) {
                    float value = values[sample[i]] * alongZ[c];
                    int start = offset[i] + c * plane;
                    for (int b = 0; b < W; b++) {
                        float inRow = value * alongY[b];
                        for (int a = 0; a < W; a++) {
                            to[start + a] += inRow * alongX[a];
                        }
                        start += row;
                    }
                }
            }
        }

        void gather(int layer, float[] from, float[] values) {
            int row = grid.x.padded();
            int plane = row * grid.y.padded();
            int depth = grid.z.width();
            for (int i = layers[layer]; i < layers[layer + 1]; i++) {
                at(i);
                float sum = 0;
                for (int c = 0; c < depth; c++) {
                    int start = offset[i] + c * plane;
                    for (int b = 0; b < W; b++) {
                        float inRow = 0;
                        for (int a = 0; a < W; a++) {
                            inRow += from[start + a] * alongX[a];
                        }
                        sum += inRow * alongY[b] * alongZ[c];
                        start += row;
                    }
                }
                values[sample[i]] = sum;
            }
        }
    }
}
