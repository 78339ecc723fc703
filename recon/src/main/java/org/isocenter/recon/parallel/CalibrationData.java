package org.isocenter.recon.parallel;

import org.isocenter.model.ParallelImaging.Calibration;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;

/** Finds the data of a slab that tell its channels apart: lines measured for that, or the middle of its k-space, or both. */
public final class CalibrationData {
    private CalibrationData() {}

    /**
     * The largest block without gaps.
     *
     * @param mostX of the block; the same for y and z
     */
    static ChannelGrid of(SlabData slab, int mostX, int mostY, int mostZ) {
        ChannelGrid largest = block(slab.values(), mostX, mostY, mostZ);
        if (slab.calibration() != null) {
            ChannelGrid separate = block(slab.calibration().values(), mostX, mostY, mostZ);
            largest = separate.points() > largest.points() ? separate : largest;
        }
        return largest;
    }

    private static ChannelGrid block(ChannelGrid kspace, int mostX, int mostY, int mostZ) {
        return CalibrationRegion.find(kspace, mostX, mostY, mostZ).cut(kspace);
    }

    /**
     * Lays lines for calibration between those of the image where both belong to the same measurement, since they complete one
     * another. Separate ones may have another contrast and stay apart. Where the header does not tell which they are, or calls them interleaved
     * with the image's lines or repetitions, those are separate that were measured where lines of the image were measured, too.
     */
    public static SlabData joined(SlabData slab) {
        if (slab.calibration() == null || !belongTogether(slab)) {
            return slab;
        }
        ChannelGrid to = slab.values();
        ChannelGrid from = slab.calibration().values();
        boolean[] added = slab.calibration().sampling().rows();
        boolean[] rows = slab.sampling().rows().clone();
        for (int row = 0; row < added.length; row++) {
            int toRow = place(row, from, to);
            if (added[row] && !rows[toRow]) {
                rows[toRow] = true;
                for (int channel = 0; channel < to.channels(); channel++) {
                    int length = to.sizeX();
                    System.arraycopy(from.real(channel), row * length, to.real(channel), toRow * length, length);
                    System.arraycopy(
                            from.imaginary(channel), row * length, to.imaginary(channel), toRow * length, length);
                }
            }
        }
        return slab.withSampling(
                new Sampling(rows, slab.sampling().fromX(), slab.sampling().toX()));
    }

    private static boolean belongTogether(SlabData slab) {
        Calibration mode = slab.encoding().parallelImaging().calibration();
        if (mode != Calibration.OTHER && mode != Calibration.INTERLEAVED) {
            return mode == Calibration.EMBEDDED;
        }
        boolean[] rows = slab.sampling().rows();
        boolean[] added = slab.calibration().sampling().rows();
        for (int row = 0; row < added.length; row++) {
            if (added[row] && rows[place(row, slab.calibration().values(), slab.values())]) {
                return false;
            }
        }
        return true;
    }

    /** Of a row of one grid in another with the same centre. */
    private static int place(int row, ChannelGrid from, ChannelGrid to) {
        int y = row % from.sizeY() + to.sizeY() / 2 - from.sizeY() / 2;
        int z = row / from.sizeY() + to.sizeZ() / 2 - from.sizeZ() / 2;
        return z * to.sizeY() + y;
    }
}
