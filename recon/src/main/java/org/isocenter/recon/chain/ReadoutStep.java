package org.isocenter.recon.chain;

import java.util.List;
import org.isocenter.recon.stack.Stack;

/** From the readouts of slices and slabs to values on a grid, in k-space or already in the image. A chain has exactly one. */
public non-sealed interface ReadoutStep extends Step {
    /**
     * Prepares what needs a look at the scan as a whole.
     *
     * @param stacks of all encoding spaces
     * @return one source for each stack that this step can use, in the same order; of the others a note tells the user
     */
    List<SlabSource> open(List<Stack> stacks, ChainContext context);

    /** About how many times as long as a transform of all channels it takes to make their values; for telling how far the work is. */
    default double effort() {
        return 1;
    }

    /** Whether a channel's values are the same whichever other channels are asked for with it: saves memory. */
    default boolean isChannelByChannel() {
        return false;
    }
}
