package org.isocenter.sequence.check;

import org.isocenter.sequence.Waveform;

/** Goes through a waveform's corners in order; zero before the first and after the last. */
final class CornerWalker {
    private final long[] times;
    private final double[] values;
    /** The line from corner {@code line} to the next is the current one; -1 and the last corner are outside. */
    private int line = -1;

    CornerWalker(Waveform waveform) {
        times = waveform.timesPs();
        values = waveform.hertzPerMeter();
    }

    /** Moves to the line that starts at or before this time, and says when it ends. Times never decrease. */
    long nextCornerAfter(long ps) {
        while (line + 1 < times.length && times[line + 1] <= ps) {
            line++;
        }
        return line + 1 < times.length ? times[line + 1] : Long.MAX_VALUE;
    }

    /** The current line's value at a time between its ends. */
    double onLine(long ps) {
        if (line < 0 || line == times.length - 1) {
            return 0;
        }
        double fraction = (double) (ps - times[line]) / (times[line + 1] - times[line]);
        return values[line] + fraction * (values[line + 1] - values[line]);
    }
}
