package org.isocenter.recon.cartesian;

import java.util.List;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabSource;
import org.isocenter.recon.stack.Stack;

/** A stack of slabs of lines. */
record LineSource(Stack stack, List<SlabLines> slabs) implements SlabSource {
    @Override
    public SlabData slab(int slab, int firstChannel, int channels, ChainContext context) {
        return slabs.get(slab).data(firstChannel, channels);
    }
}
