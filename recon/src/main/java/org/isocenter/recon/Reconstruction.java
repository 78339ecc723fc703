package org.isocenter.recon;

import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;

/** Turns raw data, whole or as far as it is in, into images. Pure; safe for any thread. */
public interface Reconstruction {
    /** "cartesian". */
    String name();

    /** One volume per stack of slices with the same orientation, and per contrast. */
    Result reconstruct(RawData raw);

    /**
     * @param volumes with the names that tell them apart
     * @param notes what had to be assumed or was wrong in the raw data, for the user
     */
    record Result(List<ImageVolume> volumes, List<String> notes) {
        public Result {
            volumes = List.copyOf(volumes);
            notes = List.copyOf(notes);
        }
    }
}
