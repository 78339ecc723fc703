package org.isocenter.recon.epi;

import org.isocenter.model.RawData;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/** {@link EpiLines} as a step. */
public final class EpiLineStep implements RawStep {
    @Override
    public RawData apply(RawData raw, ChainContext context) {
        return EpiLines.straighten(raw, context.notes());
    }
}
