package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.fft.GridFft;

/**
 * The part of k-space up to its outermost rows: what unfolding makes known of a scan that went beyond the centre on one side only. The
 * other side is zero in what was measured, which says nothing; so it is left out of the image again, for a later step to complete.
 */
record KnownSide(int fromX, int toX, int fromY, int toY, int fromZ, int toZ) {
    /** Sides that differ by no more than this many points, and the step of a lattice, reach equally far. */
    private static final int SAME = 2;

    /**
     * @param kspace that is to be unfolded
     * @param fromX first point along x that was measured, {@code toX} one past the last
     */
    static KnownSide of(SamplingPattern measured, Lattice lattice, ChannelGrid kspace, int fromX, int toX) {
        int sizeY = measured.sizeY();
        int sizeZ = measured.sizeZ();
        int[] y = {sizeY, 0};
        int[] z = {sizeZ, 0};
        for (int row = 0; row < sizeY * sizeZ; row++) {
            if (measured.isMeasured(row % sizeY, row / sizeY)) {
                y[0] = Math.min(y[0], row % sizeY);
                y[1] = Math.max(y[1], row % sizeY + 1);
                z[0] = Math.min(z[0], row / sizeY);
                z[1] = Math.max(z[1], row / sizeY + 1);
            }
        }
        int factor = lattice.factor();
        int[] x = {fromX, toX};
        widen(x, kspace.sizeX(), 0);
        widen(y, sizeY, factor);
        widen(z, sizeZ, factor);
        return new KnownSide(x[0], x[1], y[0], y[1], z[0], z[1]);
    }

    /** To all points where both sides reach equally far. */
    private static void widen(int[] extent, int size, int step) {
        int before = size / 2 - extent[0];
        int after = extent[1] - 1 - size / 2;
        if (Math.abs(before - after) <= SAME + step) {
            extent[0] = 0;
            extent[1] = size;
        }
    }

    boolean isWhole(ChannelGrid kspace) {
        return toX - fromX == kspace.sizeX() && toY - fromY == kspace.sizeY() && toZ - fromZ == kspace.sizeZ();
    }

    /** The k-space of an image, without the other side; the image is given up. */
    ChannelGrid kspaceOf(ChannelGrid image) {
        GridFft.forward(image);
        float scale = 1f / image.points();
        float[] real = image.real(0);
        float[] imaginary = image.imaginary(0);
        for (int i = 0; i < real.length; i++) {
            int x = i % image.sizeX();
            int row = i / image.sizeX();
            boolean known = x >= fromX && x < toX && isKnown(row, image.sizeY());
            real[i] = known ? scale * real[i] : 0;
            imaginary[i] = known ? scale * imaginary[i] : 0;
        }
        return image;
    }

    Sampling sampling(int sizeY, int sizeZ) {
        boolean[] rows = new boolean[sizeY * sizeZ];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = isKnown(row, sizeY);
        }
        return new Sampling(rows, fromX, toX);
    }

    private boolean isKnown(int row, int sizeY) {
        int y = row % sizeY;
        int z = row / sizeY;
        return y >= fromY && y < toY && z >= fromZ && z < toZ;
    }
}
