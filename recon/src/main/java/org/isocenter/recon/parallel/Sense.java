package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;

/**
 * Unfolds an image of a lattice of rows by the sensitivities of the channels (Pruessmann et al. 1999, MRM 42:952: SENSE): the
 * pixels that fall on one another are the solution of a small system of equations. Lattices of any step along y and z, sheared
 * ones too (Breuer et al. 2006, MRM 55:549). Rows that are not of the lattice, as embedded calibration data, are not used. The
 * channels' noise is taken as alike and independent (prewhiten first). Where the matrix is no multiple of the step, it is
 * enlarged to one in between. Any thread; rows in parallel on the common pool.
 */
public final class Sense {
    private final Sensitivities sensitivities;
    private final Lattice lattice;
    private final double regularisation;
    private final int sizeY;
    private final int sizeZ;

    /**
     * @param sensitivities of the image's grid
     * @param lattice of the same matrix
     * @param regularisation weight of the image's energy against that of the misfit to the data (Tikhonov), 0 … 1; a pixel that
     *     is not folded loses this part of its brightness, folded ones less noise
     */
    public Sense(Sensitivities sensitivities, Lattice lattice, double regularisation) {
        this.lattice = lattice;
        this.regularisation = regularisation;
        ChannelGrid maps = sensitivities.maps();
        sizeY = multiple(maps.sizeY(), lattice.stepY());
        sizeZ = multiple(maps.sizeZ(), lattice.shiftY() == 0 ? lattice.stepZ() : lattice.factor());
        this.sensitivities = sensitivities.resampled(maps.sizeX(), sizeY, sizeZ);
    }

    private static int multiple(int size, int of) {
        return (size + of - 1) / of * of;
    }

    /**
     * The image, of one channel, zero where the sensitivities are.
     *
     * @param kspace of all channels, of the sensitivities' original matrix; not changed
     * @throws IllegalArgumentException if sizes or channels differ
     */
    public ChannelGrid unfold(ChannelGrid kspace, SamplingPattern pattern) {
        ChannelGrid maps = sensitivities.maps();
        if (kspace.channels() != maps.channels()
                || kspace.sizeX() != maps.sizeX()
                || multiple(kspace.sizeY(), lattice.stepY()) != sizeY
                || kspace.sizeZ() > sizeZ) {
            throw new IllegalArgumentException(
                    RowArithmetic.describe(maps) + " sensitivities for data of " + RowArithmetic.describe(kspace));
        }
        ChannelGrid folded = new ChannelGrid(kspace.channels(), kspace.sizeX(), sizeY, sizeZ);
        copyRows(kspace, folded, lattice.factor(), (y, z) -> lattice.has(y, z) && pattern.isMeasured(y, z));
        GridFft.inverse(folded);
        ChannelGrid image = new ChannelGrid(1, kspace.sizeX(), sizeY, sizeZ);
        FoldedPixels pixels = new FoldedPixels(lattice, kspace.sizeY(), kspace.sizeZ(), sizeY, sizeZ);
        IntStream.range(0, pixels.groups()).parallel().forEach(group -> {
            FoldedRow row = new FoldedRow(maps, pixels, group);
            row.factorise(regularisation);
            row.project(folded);
            row.solve();
            row.store(image);
        });
        return cropped(image, kspace);
    }

    /**
     * By how much noise grows over that of a full measurement, beyond what fewer data bring anyway (Pruessmann et al. 1999, eq.
     * 23), without regularisation: 1 or more, 0 where there are no sensitivities. On the enlarged matrix.
     */
    public ChannelGrid gFactor() {
        ChannelGrid maps = sensitivities.maps();
        ChannelGrid g = new ChannelGrid(1, maps.sizeX(), sizeY, sizeZ);
        FoldedPixels pixels = new FoldedPixels(lattice, sizeY, sizeZ, sizeY, sizeZ);
        IntStream.range(0, pixels.groups()).parallel().forEach(group -> new FoldedRow(maps, pixels, group).gFactor(g));
        return g;
    }

    private interface Rows {
        boolean want(int y, int z);
    }

    /** Between grids of the same extents in k-space or of others, k = 0 on k = 0. */
    private static void copyRows(ChannelGrid from, ChannelGrid to, float factor, Rows rows) {
        int shiftY = to.sizeY() / 2 - from.sizeY() / 2;
        int shiftZ = to.sizeZ() / 2 - from.sizeZ() / 2;
        IntStream.range(0, from.channels()).parallel().forEach(channel -> {
            for (int z = Math.max(0, -shiftZ); z < Math.min(from.sizeZ(), to.sizeZ() - shiftZ); z++) {
                for (int y = Math.max(0, -shiftY); y < Math.min(from.sizeY(), to.sizeY() - shiftY); y++) {
                    if (rows.want(y, z)) {
                        int at = (z * from.sizeY() + y) * from.sizeX();
                        int toRow = ((z + shiftZ) * to.sizeY() + y + shiftY) * from.sizeX();
                        for (int x = 0; x < from.sizeX(); x++) {
                            to.real(channel)[toRow + x] = factor * from.real(channel)[at + x];
                            to.imaginary(channel)[toRow + x] = factor * from.imaginary(channel)[at + x];
                        }
                    }
                }
            }
        });
    }

    /** Back to the matrix that is wanted: the same extent with fewer pixels. */
    private static ChannelGrid cropped(ChannelGrid image, ChannelGrid wanted) {
        if (image.sizeY() == wanted.sizeY() && image.sizeZ() == wanted.sizeZ()) {
            return image;
        }
        GridFft.forward(image);
        ChannelGrid cropped = new ChannelGrid(1, wanted.sizeX(), wanted.sizeY(), wanted.sizeZ());
        copyRows(image, cropped, 1f / image.points(), (y, z) -> true);
        GridFft.inverse(cropped);
        return cropped;
    }
}
