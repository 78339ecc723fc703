package org.isocenter.recon.correct;

import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;

/** A {@link KSpaceWindow} as a step. */
public record FilterStep(KSpaceWindow window) implements SlabStep {
    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            throw new IllegalStateException("a filter of k-space stands after the transform to the image");
        }
        window.apply(slab.values());
        return slab;
    }
}
