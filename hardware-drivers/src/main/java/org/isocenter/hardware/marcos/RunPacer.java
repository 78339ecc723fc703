package org.isocenter.hardware.marcos;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * When runs are started on hardware, so that their times fit together as in the table. A run ends without its pause: this computer
 * waits through it, which a stop ends at once, and starts the next run on time by its own clock. A run whose exchange takes longer
 * than the pause before it starts late, and all that follow are as much later. One thread.
 */
final class RunPacer {
    /** Later than this is late. */
    private static final double MARGIN_SECONDS = 0.5e-3;
    /** So often somebody who stops the scan is looked for while waiting. */
    private static final long LOOK_NANOS = 10_000_000;

    private final boolean realTime;
    private double largestExchangeSeconds;
    private long zeroNanos;
    private long startedNanos;
    private double playsSeconds;
    private int late;
    private double latestSeconds;

    /** @param realTime whether time passes between runs */
    RunPacer(boolean realTime) {
        this.realTime = realTime;
    }

    /** The run as it is sent: where time passes between runs, without its pause. */
    MargaRun sent(MargaRun run) {
        return realTime ? run.withoutPause() : run;
    }

    /** Waits for the moment to start a run, but not once this is true. */
    void awaitStart(MargaRun run, BooleanSupplier stopped) {
        if (realTime && run.number() > 0) {
            long due = zeroNanos + nanos(run.startSeconds());
            for (long left = due - System.nanoTime();
                    left > 0
                            && !stopped.getAsBoolean()
                            && !Thread.currentThread().isInterrupted();
                    left = due - System.nanoTime()) {
                LockSupport.parkNanos(Math.min(left, LOOK_NANOS));
            }
        }
    }

    /** A run is being started, as it was sent. */
    void started(MargaRun run) {
        startedNanos = System.nanoTime();
        if (run.number() == 0) {
            zeroNanos = startedNanos - nanos(run.startSeconds());
        }
        long lateNanos = startedNanos - zeroNanos - nanos(run.startSeconds());
        if (realTime && lateNanos > nanos(MARGIN_SECONDS)) {
            late++;
            latestSeconds = Math.max(latestSeconds, lateNanos * 1e-9);
            zeroNanos += lateNanos;
        }
        playsSeconds = run.seconds();
    }

    /** Its reply is in. */
    void ended() {
        double exchange = (System.nanoTime() - startedNanos) * 1e-9 - playsSeconds;
        largestExchangeSeconds = Math.max(largestExchangeSeconds, exchange);
    }

    /** Runs that could not be started on time. */
    int late() {
        return late;
    }

    /** Of the run that was started latest. */
    double latestSeconds() {
        return latestSeconds;
    }

    double largestExchangeSeconds() {
        return largestExchangeSeconds;
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }
}
