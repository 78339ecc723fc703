package org.isocenter.recon.correct;

import java.util.List;
import org.isocenter.model.RawData;
import org.isocenter.recon.chain.ChainContext;
import org.isocenter.recon.chain.RawStep;

/**
 * {@link InterferenceRemoval} as a step. Does nothing where no channel is a reference.
 *
 * @param references see {@link InterferenceRemoval#references}
 * @param neighbours samples before and after that count too
 */
public record InterferenceStep(String references, int neighbours) implements RawStep {
    /** Coils whose labels begin so see interference only, in the standard chains. */
    public static final String LABELLED = "EMI*";

    @Override
    public RawData apply(RawData raw, ChainContext context) {
        if (raw.size() == 0) {
            return raw;
        }
        int channels = raw.readout(0).header().channels();
        List<Integer> channelNumbers =
                InterferenceRemoval.references(references, raw.header().scanner(), channels);
        return channelNumbers.isEmpty()
                ? raw
                : InterferenceRemoval.remove(raw, channelNumbers, neighbours, context.notes());
    }
}
