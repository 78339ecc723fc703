package org.isocenter.recon.image;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Puts what a distorted image shows where it belongs: each voxel takes the value from where the {@link Warp} saw it, by a cubic
 * spline, times the Jacobian's determinant of the warp there, for what is squeezed is bright and what is stretched is dark (Glover
 * and Pelc 1986; Janke et al. 2004). What was seen outside of the volume is 0.
 */
public final class Unwarping {
    /** Slices that one task works out, so that each needs the planes beside it once. */
    private static final int CHUNK = 8;

    private final ChannelGrid distorted;
    private final Warp warp;
    private final boolean acrossSlices;
    private final int columns;
    private final int rows;
    /** Of a plane with one voxel more on each side. */
    private final int width;

    private Unwarping(ChannelGrid distorted, Warp warp, boolean acrossSlices) {
        this.distorted = distorted;
        this.warp = warp;
        this.acrossSlices = acrossSlices && distorted.sizeZ() > 1;
        columns = distorted.sizeX();
        rows = distorted.sizeY();
        width = columns + 2;
    }

    /**
     * Any thread; uses the common pool.
     *
     * @param distorted image; stays as it is
     * @param acrossSlices whether values may be taken from between slices, as they lie in a slab; if not, the warp stays within a
     *     slice
     */
    public static ChannelGrid of(ChannelGrid distorted, Warp warp, boolean acrossSlices) {
        return new Unwarping(distorted, warp, acrossSlices).straight();
    }

    private ChannelGrid straight() {
        int slices = distorted.sizeZ();
        int channels = distorted.channels();
        CubicSpline[] real = new CubicSpline[channels];
        CubicSpline[] imaginary = new CubicSpline[channels];
        for (int c = 0; c < channels; c++) {
            real[c] = spline(distorted.real(c));
            imaginary[c] = spline(distorted.imaginary(c));
        }
        ChannelGrid straight = new ChannelGrid(channels, columns, rows, slices);
        IntStream.range(0, (slices + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            int first = chunk * CHUNK;
            double[][] below = acrossSlices ? plane(first - 1) : null;
            double[][] here = plane(first);
            for (int slice = first; slice < Math.min(slices, first + CHUNK); slice++) {
                double[][] above = acrossSlices || slice + 1 < slices ? plane(slice + 1) : null;
                fill(straight, slice, below, here, above, real, imaginary);
                below = here;
                here = above;
            }
        });
        return straight;
    }

    /** Null for zeros, such as magnitudes have for imaginary parts. */
    private CubicSpline spline(float[] values) {
        for (float value : values) {
            if (value != 0) {
                return new CubicSpline(values, columns, rows, distorted.sizeZ(), acrossSlices);
            }
        }
        return null;
    }

    private void fill(
            ChannelGrid straight,
            int slice,
            double[][] below,
            double[][] here,
            double[][] above,
            CubicSpline[] real,
            CubicSpline[] imaginary) {
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int in = (row + 1) * width + column + 1;
                int out = (slice * rows + row) * columns + column;
                float density = (float) (here[3][in] * determinant(here, below, above, in));
                double x = here[0][in];
                double y = here[1][in];
                double z = here[2][in];
                for (int c = 0; c < real.length; c++) {
                    straight.real(c)[out] = real[c] == null ? 0 : density * real[c].at(x, y, z);
                    straight.imaginary(c)[out] = imaginary[c] == null ? 0 : density * imaginary[c].at(x, y, z);
                }
            }
        }
    }

    /** What the warp says of one plane and a voxel around it: column, row, slice, factor. */
    private double[][] plane(int slice) {
        double[][] plane = new double[4][width * (rows + 2)];
        double[] at = new double[4];
        for (int row = -1; row <= rows; row++) {
            for (int column = -1; column <= columns; column++) {
                warp.at(column, row, slice, at);
                int to = (row + 1) * width + column + 1;
                for (int i = 0; i < 4; i++) {
                    plane[i][to] = at[i];
                }
            }
        }
        return plane;
    }

    /** By differences to the neighbours. Where the warp folds back there is no sense in it: 0. */
    private double determinant(double[][] here, double[][] below, double[][] above, int in) {
        double xx = half(here[0], here[0], in - 1, in + 1);
        double yx = half(here[1], here[1], in - 1, in + 1);
        double xy = half(here[0], here[0], in - width, in + width);
        double yy = half(here[1], here[1], in - width, in + width);
        if (!acrossSlices) {
            return Math.max(0, xx * yy - xy * yx);
        }
        double zx = half(here[2], here[2], in - 1, in + 1);
        double zy = half(here[2], here[2], in - width, in + width);
        double xz = half(below[0], above[0], in, in);
        double yz = half(below[1], above[1], in, in);
        double zz = half(below[2], above[2], in, in);
        return Math.max(0, xx * (yy * zz - yz * zy) - xy * (yx * zz - yz * zx) + xz * (yx * zy - yy * zx));
    }

    private static double half(double[] from, double[] to, int first, int last) {
        return (to[last] - from[first]) / 2;
    }
}
