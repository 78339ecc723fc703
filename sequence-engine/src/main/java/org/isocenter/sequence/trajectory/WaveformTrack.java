package org.isocenter.sequence.trajectory;

import org.isocenter.sequence.Waveform;

/** One axis' gradient while a block is walked through from its start to its end: its values from both sides of each time. */
final class WaveformTrack {
    private long[] timesPs = {};
    private double[] values = {};
    private int next; // the first corner at or after the time gone to

    void begin(Waveform waveform) {
        timesPs = waveform.timesPs();
        values = waveform.hertzPerMeter();
        next = 0;
    }

    /** Corner times from the block's start. */
    long[] timesPs() {
        return timesPs;
    }

    /** Goes to a time that is not before the last one. */
    void moveTo(long ps) {
        while (next < timesPs.length && timesPs[next] < ps) {
            next++;
        }
    }

    /** The value just before the time gone to. */
    double before(long ps) {
        if (next == 0 || next == timesPs.length) {
            return 0;
        }
        double fraction = (double) (ps - timesPs[next - 1]) / (timesPs[next] - timesPs[next - 1]);
        return values[next - 1] + fraction * (values[next] - values[next - 1]);
    }

    /** The value just after the time gone to. */
    double after(long ps) {
        int last = next - 1;
        while (last + 1 < timesPs.length && timesPs[last + 1] == ps) {
            last++;
        }
        if (last < 0 || last == timesPs.length - 1) {
            return 0;
        }
        double fraction = (double) (ps - timesPs[last]) / (timesPs[last + 1] - timesPs[last]);
        return values[last] + fraction * (values[last + 1] - values[last]);
    }
}
