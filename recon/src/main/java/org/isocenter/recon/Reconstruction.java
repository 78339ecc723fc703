package org.isocenter.recon;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.array.ChannelGrid;

/** Turns raw data, whole or as far as it is in, into images. Pure; safe for any thread. */
public interface Reconstruction {
    /** "cartesian". */
    String name();

    /**
     * One volume per stack of slices with the same orientation, and per contrast; and what was worked out of them.
     *
     * @param watch may give the images up, and is told how far they are
     * @throws CancellationException when {@code watch} gave them up
     */
    Result reconstruct(RawData raw, Watch watch);

    /** To the end. */
    default Result reconstruct(RawData raw) {
        return reconstruct(raw, Watch.NONE);
    }

    /**
     * @param volumes with the names that tell them apart
     * @param complex for each volume its complex values on the same voxels, of one channel or of several that were not
     *     combined; a map is the real part. Must not be changed
     * @param notes what had to be assumed or was wrong in the raw data, for the user
     * @param chains by which the volumes were made
     */
    record Result(List<ImageVolume> volumes, List<ChannelGrid> complex, List<String> notes, List<ChainRecord> chains) {
        public Result {
            volumes = List.copyOf(volumes);
            complex = List.copyOf(complex);
            notes = List.copyOf(notes);
            chains = List.copyOf(chains);
        }
    }
}
