package org.isocenter.recon.correct;

import org.isocenter.model.RawData;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/** {@link ClippingCheck} as a step, which changes nothing. */
public final class ClippingStep implements RawStep {
    @Override
    public RawData apply(RawData raw, ChainContext context) {
        ClippingCheck.tell(raw, context.notes());
        return raw;
    }
}
