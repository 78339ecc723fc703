package org.isocenter.hardware.virtual;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * A run under way: what the simulation hands to the thread that delivers, the clock, and the one way to cut it short. Safe for
 * any thread. Every wait ends at once on an abort, so the run is over then, however long the simulation takes to notice.
 */
final class Run {
    /** The simulation waits when so many samples have not been delivered yet: some tens of megabytes. */
    private static final int MOST_SAMPLES_AHEAD = 2_000_000;

    /** What comes from the simulation, in the order of the table. */
    sealed interface Item {}

    /** So much of what comes before the first event is done, from 0 to 1. */
    record Preparing(double share) implements Item {}

    /** Received by the spins' coils. */
    record Signal(BlochSimulation.Received received) implements Item {}

    /** The table has been played up to here. */
    record Played(double seconds, OutputState outputs) implements Item {}

    /** The table's end, or why it could not be reached. */
    record Ended(Throwable failure) implements Item {}

    private final Queue<Item> items = new ArrayDeque<>();
    private int samplesAhead;
    private volatile boolean aborted;
    private long beginNanos = System.nanoTime();

    synchronized void abort() {
        aborted = true;
        notifyAll();
    }

    boolean aborted() {
        return aborted;
    }

    /** Waits while the deliverer is far behind; without effect when aborted. */
    synchronized void put(Item item) {
        int samples = item instanceof Signal signal ? signal.received().re().length : 0;
        while (!aborted && samplesAhead > 0 && samples > 0 && samplesAhead + samples > MOST_SAMPLES_AHEAD) {
            pause(0);
        }
        samplesAhead += samples;
        items.add(item);
        notifyAll();
    }

    /** The next item; null when aborted. */
    synchronized Item take() {
        while (items.isEmpty() && !aborted) {
            pause(0);
        }
        if (aborted) {
            return null;
        }
        Item item = items.remove();
        if (item instanceof Signal signal) {
            samplesAhead -= signal.received().re().length;
            notifyAll();
        }
        return item;
    }

    /** The scan's time zero is now. */
    synchronized void begin() {
        beginNanos = System.nanoTime();
    }

    /** By how much this moment of the scan is past, in seconds; negative when it is still to come. */
    synchronized double behindSeconds(double scanSeconds) {
        return (System.nanoTime() - beginNanos) * 1e-9 - scanSeconds;
    }

    /** Waits until so long after the beginning; false when aborted. */
    synchronized boolean waitUntil(double scanSeconds) {
        while (!aborted) {
            long left = (long) (scanSeconds * 1e9) - (System.nanoTime() - beginNanos);
            if (left <= 0) {
                break;
            }
            pause(left);
        }
        return !aborted;
    }

    /** Until something changes, at most so long; 0 for any time. An interrupt aborts the run. */
    private void pause(long nanos) {
        try {
            if (nanos > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, nanos);
            } else {
                wait();
            }
        } catch (InterruptedException e) {
            aborted = true;
            notifyAll();
            Thread.currentThread().interrupt();
        }
    }
}
