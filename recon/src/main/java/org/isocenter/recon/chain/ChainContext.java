package org.isocenter.recon.chain;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.ParallelLoop;
import org.isocenter.recon.Watch;
import org.isocenter.recon.mrd.MrdNotes;

/** What a step may know beside what it works on, and where it leaves its words for the user. One thread, but where it says. */
public final class ChainContext {
    private final RawData measured;
    private final MrdNotes notes;
    private final Watch watch;
    private final Work work;
    private final Function<RawData, List<VolumeData>> repetition;
    /** Of the step under way. */
    private double effort;
    /** Of the step's effort. */
    private double left;

    /**
     * @param work that steps are told to
     * @param repetition what the chain makes of other readouts, up to its steps on volumes
     */
    ChainContext(
            RawData measured, MrdNotes notes, Watch watch, Work work, Function<RawData, List<VolumeData>> repetition) {
        this.measured = measured;
        this.notes = notes;
        this.watch = watch;
        this.work = work;
        this.repetition = repetition;
    }

    /** The scan's header. */
    public ScanHeader header() {
        return measured.header();
    }

    /** The readouts as they were before the first step. */
    public RawData measured() {
        return measured;
    }

    /**
     * The volumes that the chain makes of other readouts before its first step on volumes, in the same order; for steps on volumes that
     * ask how images depend on their data. What the steps have to say is not repeated.
     *
     * @param other like the ones measured
     */
    public List<VolumeData> repeat(RawData other) {
        return repetition.apply(other);
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

    /** Loops that are this share of the step under way: stop when nobody waits any more, and advance with each piece. Any thread. */
    public ParallelLoop loop(double share) {
        return (count, piece) -> ParallelLoop.PLAIN.run(count, i -> {
            throwIfStopped();
            piece.accept(i);
            advance(share / count);
        });
    }

    /** A step begins, and the one before it has ended; 0 when none begins. */
    synchronized void begin(double newEffort) {
        work.add(left);
        effort = newEffort;
        left = newEffort;
    }

    /** The same with notes and a step of its own, for work on another thread. */
    ChainContext forSlab() {
        return new ChainContext(measured, new MrdNotes(), watch, work, repetition);
    }
}
