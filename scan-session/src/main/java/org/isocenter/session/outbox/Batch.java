package org.isocenter.session.outbox;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.isocenter.dicom.net.AbortSwitch;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;

/** Rows of one kind that go to one destination together: in one association, where there is such a thing. */
public final class Batch {
    private final Destination destination;
    private final DicomSettings settings;
    private final List<OutboxRow> rows;
    private final BiConsumer<OutboxRow, OutboxOutcome> outcomes;
    private final Set<OutboxRow> open;
    private final AbortSwitch stop = new AbortSwitch();
    private boolean brokenOff;

    /**
     * @param settings as they are now
     * @param rows in the order in which they are to be sent
     * @param outcomes hears of each row once, on the thread of the delivery
     */
    public Batch(
            Destination destination,
            DicomSettings settings,
            List<OutboxRow> rows,
            BiConsumer<OutboxRow, OutboxOutcome> outcomes) {
        this.destination = destination;
        this.settings = settings;
        this.rows = List.copyOf(rows);
        this.open = new LinkedHashSet<>(rows);
        this.outcomes = outcomes;
    }

    public Destination destination() {
        return destination;
    }

    /** Of this console: what it is called. */
    public DicomSettings settings() {
        return settings;
    }

    /** Of one kind, in the order in which they are to be sent. */
    public List<OutboxRow> rows() {
        return rows;
    }

    /** The rows whose outcome is not known yet, in order. */
    public List<OutboxRow> open() {
        return List.copyOf(open);
    }

    /** What came of one of the {@link #rows}. To be told once of each. */
    public void outcome(OutboxRow row, OutboxOutcome outcome) {
        if (!open.remove(row)) {
            throw new IllegalArgumentException("the outcome of row " + row.number() + " was told before");
        }
        outcomes.accept(row, outcome);
    }

    /** The same for rows that share their fate. */
    public void outcome(List<OutboxRow> several, OutboxOutcome outcome) {
        several.forEach(row -> outcome(row, outcome));
    }

    /**
     * No association came about for these open rows. A peer that takes nothing of the kind refuses them; all else may pass: who rejects
     * us may be put right without our being told.
     */
    public void unopened(List<OutboxRow> several, DicomNetException why) {
        if (!isStopped()) {
            boolean refused = why.kind() == DicomNetException.Kind.NOTHING_ACCEPTED;
            outcome(
                    several,
                    refused ? OutboxOutcome.permanent(why.getMessage()) : OutboxOutcome.temporary(why.getMessage()));
        }
    }

    /**
     * The connection broke while the first open row was under way: that one counts as a failure that may pass, and is tried again
     * behind the others, so that an object which the other side cannot bear does not keep back those behind it. The others count as not
     * tried.
     *
     * @param reason as of {@link OutboxOutcome#unanswered}; of no account when it was broken off by {@link #whenStopped}
     */
    public void broken(String reason) {
        if (!open.isEmpty()) {
            outcome(open.iterator().next(), isStopped() ? OutboxOutcome.CUT_OFF : OutboxOutcome.unanswered(reason));
        }
        leaveRest();
    }

    /** What is open counts as not tried: an outcome of what was tried says why. */
    public void leaveRest() {
        brokenOff = true;
    }

    /** Whether open rows are to be given back as if they had not been tried. */
    boolean isBroken() {
        return brokenOff;
    }

    /** Whether the program ends: what is not sent yet is for later. */
    public boolean isStopped() {
        return stop.isAborted();
    }

    /** What ends a wait for the network from another thread: replaces what was given before; called at once when it is late. */
    public void whenStopped(Runnable abort) {
        stop.endsBy(abort);
    }

    /** Ends it. Any thread. */
    void stop() {
        stop.abort();
    }
}
