package org.isocenter.recon.chain;

import java.util.List;

/** From the images of a scan to other images: of each by itself, or of several together. */
public non-sealed interface VolumeStep extends Step {
    /** @param volumes whose arrays this step may change or hand on, but not those of maps */
    List<VolumeData> apply(List<VolumeData> volumes, ChainContext context);

    /** Whether this step wants a volume of each average rather than one of their complex mean. */
    default boolean wantsAveragesApart() {
        return false;
    }
}
