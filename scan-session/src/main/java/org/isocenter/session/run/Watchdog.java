package org.isocenter.session.run;

import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.isocenter.model.ReadoutHeader;

/**
 * Knows for how long a scanner may be silent: as long as its table has no readout, and a margin for links and simulations
 * that are slower than the table. The scanner's thread reports readouts, any thread asks.
 */
final class Watchdog {
    private final double[] allowedSeconds;
    private final LongSupplier nanoTime;
    private volatile Silence silence = new Silence(0, Double.POSITIVE_INFINITY);

    private record Silence(long sinceNanos, double allowedSeconds) {}

    /**
     * @param durationSeconds of the whole table
     * @param marginSeconds allowed on top
     */
    Watchdog(List<ReadoutHeader> readouts, double durationSeconds, double marginSeconds, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        allowedSeconds = new double[readouts.size() + 1];
        double before = 0;
        for (int i = 0; i <= readouts.size(); i++) {
            double end = i == readouts.size() ? durationSeconds : end(readouts.get(i));
            allowedSeconds[i] = Math.max(0, end - before) + marginSeconds;
            before = end;
        }
    }

    private static double end(ReadoutHeader readout) {
        return readout.startSeconds() + readout.samples() * readout.dwellSeconds();
    }

    /** The table starts now. */
    void started() {
        silence = new Silence(nanoTime.getAsLong(), allowedSeconds[0]);
    }

    /** The readout with this index, from 0, is in. */
    void readout(int index) {
        silence = new Silence(nanoTime.getAsLong(), allowedSeconds[index + 1]);
    }

    /** The scanner has said that it goes on, without a readout. */
    void alive() {
        silence = new Silence(nanoTime.getAsLong(), silence.allowedSeconds);
    }

    boolean isOverdue() {
        Silence now = silence;
        return (nanoTime.getAsLong() - now.sinceNanos) * 1e-9 > now.allowedSeconds;
    }

    /** What to tell the user. */
    String complaint() {
        return String.format(
                Locale.ROOT,
                "no readout for %.1f s, more than the sequence has: the scan was stopped; check the device and its link",
                silence.allowedSeconds);
    }
}
