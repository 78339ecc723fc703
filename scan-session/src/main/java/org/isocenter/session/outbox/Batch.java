package org.isocenter.session.outbox;

import java.util.List;
import java.util.function.BiConsumer;
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
    private boolean stopped; // guarded by this
    private Runnable abort = () -> {}; // guarded by this

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

    /** What came of one of the {@link #rows}. To be told once of each. */
    public void outcome(OutboxRow row, OutboxOutcome outcome) {
        outcomes.accept(row, outcome);
    }

    /** The same for rows that share their fate. */
    public void outcome(List<OutboxRow> several, OutboxOutcome outcome) {
        several.forEach(row -> outcome(row, outcome));
    }

    /** Whether the program ends: what is not sent yet is for later. */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /** What ends a wait for the network from another thread: replaces what was given before; called at once when it is late. */
    public void whenStopped(Runnable newAbort) {
        boolean late;
        synchronized (this) {
            abort = newAbort;
            late = stopped;
        }
        if (late) {
            newAbort.run();
        }
    }

    /** Ends it. Any thread. */
    void stop() {
        Runnable now;
        synchronized (this) {
            stopped = true;
            now = abort;
        }
        now.run();
    }
}
