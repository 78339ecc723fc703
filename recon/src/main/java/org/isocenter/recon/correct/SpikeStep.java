package org.isocenter.recon.correct;

import org.isocenter.model.RawData;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;
import org.isocenter.recon.correct.SpikeRepair.Repair;

/**
 * {@link SpikeRepair} as a step.
 *
 * @param threshold see {@link SpikeRepair#THRESHOLD}
 */
public record SpikeStep(double threshold, Repair repair) implements RawStep {
    @Override
    public RawData apply(RawData raw, ChainContext context) {
        return SpikeRepair.repair(raw, threshold, repair, context.notes());
    }
}
