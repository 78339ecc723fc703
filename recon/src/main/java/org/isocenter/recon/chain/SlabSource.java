package org.isocenter.recon.chain;

import org.isocenter.recon.stack.Stack;

/** The values of one stack's slabs, made on demand. Any thread, several slabs and channels at a time. */
public interface SlabSource {
    /** Whose slabs these are. */
    Stack stack();

    /**
     * Makes the values of one slab.
     *
     * @param slab index in {@link Stack#slabs}
     * @param firstChannel of those wanted
     * @param channels how many are wanted; all of them unless the step works channel by channel
     * @param context of this slab
     * @return arrays that belong to the caller
     */
    SlabData slab(int slab, int firstChannel, int channels, ChainContext context);
}
