package org.isocenter.recon.parallel;

import org.isocenter.model.ParallelImaging.Calibration;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;

/** Finds the data of a slab that tell its channels apart: lines measured for that, or the middle of its k-space, or both. */
final class CalibrationData {
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
     * another. Separate ones may have another contrast and stay apart.
     */
    static SlabData joined(SlabData slab) {
        Calibration mode = slab.encoding().parallelImaging().calibration();
        boolean together = mode == Calibration.EMBEDDED || mode == Calibration.INTERLEAVED;
        if (slab.calibration() == null || !together) {
            return slab;
        }
        ChannelGrid to = slab.values();
        ChannelGrid from = slab.calibration().values();
        boolean[] added = slab.calibration().sampling().rows();
        boolean[] rows = slab.sampling().rows().clone();
        int shiftY = to.sizeY() / 2 - from.sizeY() / 2;
        int shiftZ = to.sizeZ() / 2 - from.sizeZ() / 2;
        for (int row = 0; row < added.length; row++) {
            int toRow = (row / from.sizeY() + shiftZ) * to.sizeY() + row % from.sizeY() + shiftY;
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
}
