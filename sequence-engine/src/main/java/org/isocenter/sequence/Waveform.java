package org.isocenter.sequence;

/**
 * A piecewise-linear gradient waveform: corner times in picoseconds from the block's start, not decreasing, and values in
 * Hz/m. Zero outside. Immutable; the arrays must not be written to.
 */
public record Waveform(long[] timesPs, double[] hertzPerMeter) {
    public static final Waveform ZERO = new Waveform(new long[0], new double[0]);

    public boolean isEmpty() {
        return timesPs.length == 0;
    }

    /** The value at a time; at a jump, the later one. */
    public double at(long timePs) {
        int n = timesPs.length;
        if (n == 0 || timePs < timesPs[0] || timePs > timesPs[n - 1]) {
            return 0;
        }
        int low = 0;
        int high = n - 1;
        while (low < high) {
            int mid = (low + high + 1) >>> 1;
            if (timesPs[mid] <= timePs) {
                low = mid;
            } else {
                high = mid - 1;
            }
        }
        if (low == n - 1) {
            return hertzPerMeter[low];
        }
        double fraction = (double) (timePs - timesPs[low]) / (timesPs[low + 1] - timesPs[low]);
        return hertzPerMeter[low] + fraction * (hertzPerMeter[low + 1] - hertzPerMeter[low]);
    }

    /** The integral over all time, in 1/m. */
    public double areaPerMeter() {
        double area = 0;
        for (int i = 1; i < timesPs.length; i++) {
            area += 0.5 * (hertzPerMeter[i] + hertzPerMeter[i - 1]) * (timesPs[i] - timesPs[i - 1]);
        }
        return area * 1e-12;
    }
}
