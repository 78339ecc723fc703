package org.isocenter.hardware.stream;

import java.util.Iterator;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SequencerCheck;
import org.isocenter.hardware.UncheckedScannerException;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Puts a table into a session, as fast as the device takes it: ARM, EVENTS, END, and START where it belongs. On its own thread.
 * A check goes before, so that a table that is not for this device is never begun.
 */
final class TableSender {
    private static final int ROOM_MILLIS = 100;
    /** So much of a table is a start that no queue needs more of. */
    private static final long ENOUGH_TO_START_BYTES = 256 << 10;

    private final Exchange exchange;
    private final TableHeader header;
    private final SequencerCheck check;
    private final TimedEvents events;
    private final long startBytes;
    private final FrameWriter frame;
    private final EventsWriter payloads;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile double checkedShare;
    private volatile boolean armed;
    private volatile boolean done;
    private volatile Throwable failure;
    private boolean started;
    private long payloadBytes;
    private int frames;
    private long sent;

    /**
     * @param check of the events, before anything is put
     * @param largest longest frame that the device takes
     * @param queueBytes of EVENTS payloads that its empty queue holds
     */
    TableSender(
            Exchange exchange,
            TableHeader header,
            SequencerCheck check,
            TimedEvents events,
            int largest,
            long queueBytes) {
        this.exchange = exchange;
        this.header = header;
        this.check = check;
        this.events = events;
        startBytes = Math.min(queueBytes, ENOUGH_TO_START_BYTES);
        frame = new FrameWriter(largest);
        payloads = new EventsWriter(frame.largestPayload());
        thread = new Thread(this::send, "event stream sender");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Puts nothing more. Any thread. */
    void stop() {
        stopped = true;
    }

    /** Waits until nothing more is put, which is soon after {@link #stop}. */
    void awaitEnd() {
        try {
            thread.join(10 * ROOM_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Share of the table that has been looked through, before anything of it is put. */
    double checkedShare() {
        return checkedShare;
    }

    /** Whether the device knows, or will know, of the table. */
    boolean armed() {
        return armed;
    }

    /** Whether all is put, or nothing more will be. */
    boolean done() {
        return done;
    }

    /** Why not all could be sent; null when nothing is wrong. */
    Throwable failure() {
        return failure;
    }

    private void send() {
        try {
            table();
        } catch (UncheckedScannerException e) {
            failure = e.getCause();
        } catch (RuntimeException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            done = true;
        }
    }

    private void table() throws InterruptedException {
        while (!stopped && checkedShare < 1) {
            checkedShare = check.next();
        }
        // Without effect in IDLE; out of STOPPED, since whoever runs a table has seen how the last one ended.
        put(frame.begin(FrameType.CLEAR).u32(0));
        header.write(frame);
        armed = put(frame);
        for (Iterator<EventChunk> chunks = events.chunks(); !stopped && chunks.hasNext(); ) {
            payloads.begin(chunks.next());
            while (!stopped && !payloads.done()) {
                frame.begin(FrameType.EVENTS);
                sent += payloads.write(frame);
                events();
            }
        }
        new TableEnd(frames, sent).write(frame);
        put(frame);
        startOnce();
    }

    private void events() throws InterruptedException {
        int bytes = frame.payloadBytes();
        if (!started && payloadBytes + bytes > startBytes) {
            // The frame at hand stays as it is: START is built beside it.
            started = true;
            put(new FrameWriter(64).begin(FrameType.START));
        }
        payloadBytes += bytes;
        frames++;
        put(frame);
    }

    private void startOnce() throws InterruptedException {
        if (!started) {
            started = true;
            put(frame.begin(FrameType.START));
        }
    }

    private boolean put(FrameWriter what) throws InterruptedException {
        while (!stopped) {
            if (exchange.put(what, ROOM_MILLIS)) {
                return true;
            }
        }
        return false;
    }

    /** The same as an exception that the run can throw. */
    void throwIfFailed(String device) throws ScannerException {
        Throwable why = failure;
        if (why instanceof ScannerException known) {
            throw known;
        }
        if (why != null) {
            throw new ScannerException(
                    ScannerException.Kind.REFUSED,
                    device,
                    "the events could not be worked out: " + why.getMessage(),
                    why);
        }
    }
}
