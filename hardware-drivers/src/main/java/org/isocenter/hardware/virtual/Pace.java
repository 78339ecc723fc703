package org.isocenter.hardware.virtual;

import java.util.concurrent.TimeUnit;

/** A run's clock, and the one way to cut it short. Safe for any thread; waiting ends at once on an abort. */
final class Pace {
    private boolean running;
    private volatile boolean aborted;
    private boolean realTime;
    private long beginNanos;

    synchronized void start() {
        running = true;
        aborted = false;
    }

    synchronized void end() {
        running = false;
    }

    /** The scan's time zero is now. */
    synchronized void begin(boolean inRealTime) {
        realTime = inRealTime;
        beginNanos = System.nanoTime();
    }

    synchronized void abort() {
        if (running) {
            aborted = true;
            notifyAll();
        }
    }

    boolean aborted() {
        return aborted;
    }

    /** Waits, in real time only, until so long after the beginning; false when aborted. */
    synchronized boolean waitUntil(double scanSeconds) {
        boolean interrupted = false;
        while (realTime && !aborted) {
            long left = (long) (scanSeconds * 1e9) - (System.nanoTime() - beginNanos);
            if (left <= 0) {
                break;
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                interrupted = true;
                aborted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !aborted;
    }
}
