package org.isocenter.recon.noncartesian;

/**
 * The grid on which samples are laid, and the kernel along each of its axes. Its arrays hold x fastest, then y, then z, with
 * {@link GridSize#padded} points along each. Immutable; any thread.
 */
final class KernelGrid {
    final GridSize x;
    final GridSize y;
    final GridSize z;
    final KaiserBessel kernelX;
    final KaiserBessel kernelY;
    final KaiserBessel kernelZ;

    /** @param matrix of the image: two numbers in 2D, three in 3D */
    KernelGrid(int... matrix) {
        x = GridSize.of(matrix[0], matrix.length);
        y = GridSize.of(matrix[1], matrix.length);
        z = matrix.length == 2 ? GridSize.single() : GridSize.of(matrix[2], 3);
        kernelX = new KaiserBessel(x.oversampling());
        kernelY = new KaiserBessel(y.oversampling());
        kernelZ = z.points() == 1 ? kernelY : new KaiserBessel(z.oversampling());
    }

    /** How many values a grid has. */
    long size() {
        return (long) x.padded() * y.padded() * z.padded();
    }

    /** A grid of zeros. */
    float[] zeros() {
        return new float[Math.toIntExact(size())];
    }

    int dimensions() {
        return z.points() == 1 ? 2 : 3;
    }

    int pixels() {
        return x.pixels() * y.pixels() * z.pixels();
    }

    /** How many grid points there are to each cell of the image's k-space (1 over its field of view, to the power of dimensions). */
    double pointsPerCell() {
        return x.oversampling() * y.oversampling() * (z.points() == 1 ? 1 : z.oversampling());
    }

    /** Adds what lies beyond the end of an axis to its beginning. */
    void fold(float[] grid) {
        int rows = y.padded() * z.padded();
        for (int row = 0; row < rows; row++) {
            add(grid, row * x.padded() + x.points(), row * x.padded(), x.padded() - x.points());
        }
        int plane = x.padded() * y.padded();
        for (int at = 0; at < grid.length; at += plane) {
            add(grid, at + y.points() * x.padded(), at, (y.padded() - y.points()) * x.padded());
        }
        add(grid, z.points() * plane, 0, (z.padded() - z.points()) * plane);
    }

    /** Repeats the beginning of each axis beyond its end. */
    void wrap(float[] grid) {
        int rows = y.padded() * z.padded();
        for (int row = 0; row < rows; row++) {
            int start = row * x.padded();
            System.arraycopy(grid, start, grid, start + x.points(), x.padded() - x.points());
        }
        int plane = x.padded() * y.padded();
        for (int at = 0; at < grid.length; at += plane) {
            int extra = (y.padded() - y.points()) * x.padded();
            System.arraycopy(grid, at, grid, at + y.points() * x.padded(), extra);
        }
        System.arraycopy(grid, 0, grid, z.points() * plane, (z.padded() - z.points()) * plane);
    }

    /**
     * The grid of k-space that is evenly filled out to a radius, seen through the kernel once.
     *
     * @param radius of the disc or ball, in turns across the field of view
     * @param corner if the radius is more than so many halves of the matrix, the whole matrix is filled instead
     */
    float[] evenly(double radius, double corner) {
        float[] filled = zeros();
        boolean whole = radius > corner * Math.max(x.pixels(), y.pixels()) / 2.0;
        for (int c = 0; c < z.points(); c++) {
            double kz = z.turns(c);
            for (int b = 0; b < y.points(); b++) {
                double ky = y.turns(b);
                int row = (c * y.padded() + b) * x.padded();
                for (int a = 0; a < x.points(); a++) {
                    double kx = x.turns(a);
                    boolean inside = whole
                            ? Math.abs(kx) <= x.pixels() / 2.0
                                    && Math.abs(ky) <= y.pixels() / 2.0
                                    && Math.abs(kz) <= z.pixels() / 2.0
                            : kx * kx + ky * ky + kz * kz <= radius * radius;
                    filled[row + a] = inside ? 1 : 0;
                }
            }
        }
        float[] alongX = blurred(filled, 1, x, kernelX);
        float[] alongY = blurred(alongX, x.padded(), y, kernelY);
        float[] all = z.points() == 1 ? alongY : blurred(alongY, x.padded() * y.padded(), z, kernelZ);
        wrap(all);
        return all;
    }

    private static float[] blurred(float[] grid, int stride, GridSize axis, KaiserBessel kernel) {
        float[] result = new float[grid.length];
        int reach = KaiserBessel.WIDTH / 2;
        for (int offset = -reach; offset <= reach; offset++) {
            float weight = (float) kernel.at(offset);
            for (int at = 0; at < grid.length; at++) {
                int index = at / stride % axis.padded();
                int from = at + (Math.floorMod(index + offset, axis.points()) - index) * stride;
                result[at] += weight * grid[from];
            }
        }
        return result;
    }

    private static void add(float[] grid, int from, int to, int count) {
        for (int i = 0; i < count; i++) {
            grid[to + i] += grid[from + i];
        }
    }
}
