package org.isocenter.recon.noncartesian;

import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.chain.ChainContext;

/**
 * How an image is made of samples anywhere in k-space. Scaled as the image of a Cartesian scan that is sampled once per cell of
 * its k-space, and summed up without a factor. Any thread.
 */
interface Inversion {
    /**
     * @param real {@code [channel][sample]}, the caller's to be overwritten
     * @param imaginary as {@code real}
     * @return of as many channels, or of the one that they were combined to
     */
    ChannelGrid image(SlabSamples where, float[][] real, float[][] imaginary, ChainContext context);

    /** About how many times as long as a transform it takes. */
    default double effort() {
        return 40;
    }

    /** Whether a channel's image is the same whichever other channels come with it. */
    boolean isChannelByChannel();
}
