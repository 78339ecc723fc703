package org.isocenter.recon.chain;

import java.util.List;
import org.isocenter.model.RawData;
import org.isocenter.recon.Watch;
import org.isocenter.recon.mrd.MrdNotes;

/** Runs a single step on readouts. */
public final class RawSteps {
    private RawSteps() {}

    /** @param notes what the step told is added to them */
    public static RawData run(RawStep step, RawData raw, List<String> notes) {
        ChainContext context =
                new ChainContext(raw, new MrdNotes(), Watch.NONE, new Work(1, Watch.NONE), other -> List.of());
        RawData result = step.apply(raw, context);
        notes.addAll(context.notes().toList());
        return result;
    }
}
