package org.isocenter.sequence.compile;

import java.util.Arrays;
import org.isocenter.sequence.Waveform;

/**
 * A gradient as the staircase that is played: for each gradient raster interval the mean of the piecewise-linear waveform,
 * kept only where it changes. Immutable.
 */
final class GradientSteps {
    static final GradientSteps SILENT = new GradientSteps(new long[1], new double[1]);

    /** From the block's start; the first is 0. */
    final long[] startPs;

    /** The mean from there on, Hz/m. */
    final double[] hertzPerMeter;

    private GradientSteps(long[] startPs, double[] hertzPerMeter) {
        this.startPs = startPs;
        this.hertzPerMeter = hertzPerMeter;
    }

    /** @param durationPs of the block; the staircase ends there, in the middle of an interval if need be */
    static GradientSteps of(Waveform waveform, long rasterPs, long durationPs) {
        WaveformWalker walker = new WaveformWalker(waveform);
        long[] starts = new long[16];
        double[] means = new double[16];
        int count = 0;
        long at = 0;
        while (at < durationPs) {
            double mean = walker.mean(at, Math.min(at + rasterPs, durationPs));
            if (count == 0 || mean != means[count - 1]) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                    means = Arrays.copyOf(means, count * 2);
                }
                starts[count] = at;
                means[count++] = mean;
            }
            long constantUntil = walker.constantUntilPs(at);
            at = constantUntil == Long.MAX_VALUE
                    ? durationPs
                    : Math.max(at + rasterPs, constantUntil / rasterPs * rasterPs);
        }
        return new GradientSteps(Arrays.copyOf(starts, count), Arrays.copyOf(means, count));
    }
}
