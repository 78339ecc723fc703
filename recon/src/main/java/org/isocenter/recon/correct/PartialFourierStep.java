package org.isocenter.recon.correct;

import org.isocenter.model.ParallelImaging;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.Sampling;
import org.isocenter.recon.chain.SlabData;
import org.isocenter.recon.chain.SlabStep;
import org.isocenter.recon.correct.PartialFourier.Method;

/** {@link PartialFourier} as a step; a k-space that was measured whole goes through as it is. */
public record PartialFourierStep(Method method, int iterations) implements SlabStep {
    @Override
    public boolean isChannelByChannel() {
        return true;
    }

    @Override
    public SlabData apply(SlabData slab, ChainContext context) {
        if (slab.domain() == SlabData.Domain.IMAGE) {
            return slab;
        }
        PartialFourier.Outcome outcome = PartialFourier.complete(slab.values(), method, iterations);
        ParallelImaging parallel = slab.encoding().parallelImaging();
        // Gaps that were left for parallel imaging are told of elsewhere.
        if (outcome.completed() || parallel.factor1() * parallel.factor2() == 1) {
            outcome.notes().forEach(context.notes()::add);
        }
        return outcome.completed()
                ? slab.withSampling(Sampling.whole(
                        slab.values().sizeX(),
                        slab.values().sizeY(),
                        slab.values().sizeZ()))
                : slab;
    }
}
