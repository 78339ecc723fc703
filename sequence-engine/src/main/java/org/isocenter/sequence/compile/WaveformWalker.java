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

    long endPs() {
        return times.length == 0 ? 0 : times[times.length - 1];
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

    private double middle(int s, long low, long high) {
        double fraction = (0.5 * (low - times[s]) + 0.5 * (high - times[s])) / (times[s + 1] - times[s]);
        return values[s] + fraction * (values[s + 1] - values[s]);
    }
}
