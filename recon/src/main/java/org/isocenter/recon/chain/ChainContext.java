package org.isocenter.recon.chain;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.mrd.MrdNotes;

/** What a step may know beside what it works on, and where it leaves its words for the user. One thread. */
public final class ChainContext {
    private final RawData measured;
    private final MrdNotes notes;
    private final BooleanSupplier stop;

    /** @param stop asked now and then by any thread; true when nobody wants the result any more */
    ChainContext(RawData measured, MrdNotes notes, BooleanSupplier stop) {
        this.measured = measured;
        this.notes = notes;
        this.stop = stop;
    }

    /** The scan's header. */
    public ScanHeader header() {
        return measured.header();
    }

    /** The readouts as they were before the first step. */
    public RawData measured() {
        return measured;
    }

    /** Where to write what had to be assumed or was wrong, in words for the user. */
    public MrdNotes notes() {
        return notes;
    }

    /**
     * To be called between pieces of work that take a second or so; the chain does it between steps and slabs.
     *
     * @throws CancellationException when nobody wants the result any more
     */
    public void throwIfStopped() {
        if (stop.getAsBoolean()) {
            throw new CancellationException("the reconstruction was stopped");
        }
    }

    /** The same with notes of its own, for work on another thread. */
    ChainContext withOwnNotes() {
        return new ChainContext(measured, new MrdNotes(), stop);
    }
}
