package org.isocenter.recon.chain;

import org.isocenter.model.Quantity;
import org.isocenter.recon.stack.Stack;

/** From the values of one slice (2D) or slab (3D) to other values of it. Slices are worked on in parallel. */
public non-sealed interface SlabStep extends Step {
    /**
     * @param slab whose arrays this step may change or hand on: it is the only one that has them
     * @param context of this slab
     */
    SlabData apply(SlabData slab, ChainContext context);

    /**
     * Whether there may be anything to do for this step in these data; where not, it is left out, and with it the memory of all
     * channels that it would have needed.
     *
     * @param stack of readouts of which a slab is to be made
     */
    default boolean concerns(Stack stack, ChainContext context) {
        return true;
    }

    /** What the image shows that this step makes. */
    default Quantity quantity() {
        return Quantity.MAGNITUDE;
    }

    /** About how many times as long as a transform it takes; for telling how far the work is. */
    default double effort() {
        return 1;
    }

    /**
     * Whether channels do not know one another in this step: it gives the same when it is handed one channel after the
     * other, which saves the memory of all of them.
     */
    default boolean isChannelByChannel() {
        return false;
    }
}
