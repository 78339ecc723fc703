package org.isocenter.sequence.compile;

import org.isocenter.sequence.Waveform;

/** Means of a piecewise-linear waveform over intervals that follow one another; each segment is looked at once. */
final class WaveformWalker {
    private final long[] times;
    private final double[] values;
    private int segment;

    WaveformWalker(Waveform waveform) {
        times = waveform.timesPs();
        values = waveform.hertzPerMeter();
    }

    /** The exact mean over [from, to]; {@code from} never decreases from call to call. */
    double mean(long from, long to) {
        int last = times.length - 1;
        if (last < 1 || to <= times[0] || from >= times[last]) {
            return 0;
        }
        while (segment < last - 1 && times[segment + 1] <= from) {
            segment++;
        }
        if (from >= times[segment] && to <= times[segment + 1]) {
            return middle(segment, from, to);
        }
        double area = 0;
        for (int s = segment; s < last && times[s] < to; s++) {
            long low = Math.max(from, times[s]);
            long high = Math.min(to, times[s + 1]);
            if (high > low) {
                area += middle(s, low, high) * (high - low);
            }
        }
        return area / (to - from);
    }

    /**
     * How long the value stays what it is at this time: to the end of a flat piece or of the silence before the waveform, for
     * ever after its end; the time itself where it changes.
     */
    long constantUntilPs(long ps) {
        int last = times.length - 1;
        if (last < 0 || ps >= times[last]) {
            return Long.MAX_VALUE;
        }
        if (ps < times[0]) {
            return times[0];
        }
        while (segment < last - 1 && times[segment + 1] <= ps) {
            segment++;
        }
        return values[segment] == values[segment + 1] ? times[segment + 1] : ps;
    }

    private double middle(int s, long low, long high) {
        double fraction = (0.5 * (low - times[s]) + 0.5 * (high - times[s])) / (times[s + 1] - times[s]);
        return values[s] + fraction * (values[s + 1] - values[s]);
    }
}
