package org.isocenter.hardware.marcos;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * When runs are started on hardware, so that their times fit together as in the table. Each run's pause is made shorter by what
 * an exchange with the console has taken so far and a little more; then the next run is started on time by this computer's
 * clock. A run whose exchange takes longer starts late, and all that follow are as much later. One thread.
 */
final class RunPacer {
    private static final double MARGIN = 1.25;
    private static final double MARGIN_SECONDS = 0.5e-3;
    /** So often somebody who stops the scan is looked for while waiting. */
    private static final long LOOK_NANOS = 10_000_000;

    private final boolean realTime;
    private double reserveSeconds;
    private double largestExchangeSeconds;
    private long zeroNanos;
    private long startedNanos;
    private double playsSeconds;
    private int late;
    private double latestSeconds;

    /**
     * @param realTime whether time passes between runs
     * @param exchangeSeconds what an exchange is thought to take
     */
    RunPacer(boolean realTime, double exchangeSeconds) {
        this.realTime = realTime;
        reserveSeconds = exchangeSeconds;
    }

    /** By how much this run's pause is to be made shorter. */
    double endsEarlySeconds(MargaRun run) {
        return realTime ? Math.min(reserveSeconds, run.pauseSeconds()) : 0;
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

    /**
     * A run is being started.
     *
     * @param endsEarlySeconds by how much its pause was made shorter
     */
    void started(MargaRun run, double endsEarlySeconds) {
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
        playsSeconds = run.lengthClocks() / MargaCompiler.CLOCK_HERTZ - endsEarlySeconds;
    }

    /** Its reply is in. */
    void ended() {
        double exchange = (System.nanoTime() - startedNanos) * 1e-9 - playsSeconds;
        largestExchangeSeconds = Math.max(largestExchangeSeconds, exchange);
        reserveSeconds = MARGIN * largestExchangeSeconds + MARGIN_SECONDS;
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
