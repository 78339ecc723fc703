package org.isocenter.recon.chain;

import java.util.concurrent.CancellationException;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Watch;
import org.isocenter.recon.mrd.MrdNotes;

/** What a step may know beside what it works on, and where it leaves its words for the user. One thread, but where it says. */
public final class ChainContext {
    private final RawData measured;
    private final MrdNotes notes;
    private final Watch watch;
    private final Work work;
    /** Of the step under way. */
    private double effort;
    /** Of the step's effort. */
    private double left;

    /** @param work that steps are told to */
    ChainContext(RawData measured, MrdNotes notes, Watch watch, Work work) {
        this.measured = measured;
        this.notes = notes;
        this.watch = watch;
        this.work = work;
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
     * To be called between pieces of work that take a second or so, on any thread; the chain does it between steps and slabs.
     *
     * @throws CancellationException when nobody wants the result any more
     */
    public void throwIfStopped() {
        if (watch.isStopped()) {
            throw new CancellationException("the reconstruction was stopped");
        }
    }

    /** The step under way has done so much more of its work, from 0 to 1. For steps that take long; any thread. */
    public synchronized void advance(double share) {
        double part = Math.min(left, share * effort);
        left -= part;
        work.add(part);
    }

    /** A step begins, and the one before it has ended; 0 when none begins. */
    synchronized void begin(double newEffort) {
        work.add(left);
        effort = newEffort;
        left = newEffort;
    }

    /** The same with notes and a step of its own, for work on another thread. */
    ChainContext forSlab() {
        return new ChainContext(measured, new MrdNotes(), watch, work);
    }
}
