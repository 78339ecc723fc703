package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Sequence;

/** How far the ADC samples of a sequence reach in k-space, along each of the device's axes. */
final class KspaceExtent {
    /** Less than this is no encoding but rounding: it would tell apart what is two metres away, 1/m. */
    private static final double STILL_PER_METER = 0.5;

    private final double[] min = new double[3];
    private final double[] max = new double[3];
    private final double[][] middles; // per axis: k in the middle of each window
    private final double[] longest = new double[3]; // way of one window along the axis
    private final double[] spacing = new double[3]; // of the samples in that window
    private long samples;

    KspaceExtent(Sequence sequence) {
        middles = new double[3][sequence.adcWindows()];
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        KspaceTrajectory.forEachWindow(sequence, w -> {
            samples += w.samples();
            add(0, w.kx(), w);
            add(1, w.ky(), w);
            add(2, w.kz(), w);
        });
    }

    private void add(int axis, double[] k, KspaceTrajectory.Window window) {
        int n = window.samples();
        double low = min[axis];
        double high = max[axis];
        for (int i = 0; i < n; i++) {
            low = Math.min(low, k[i]);
            high = Math.max(high, k[i]);
        }
        min[axis] = low;
        max[axis] = high;
        middles[axis][window.adcIndex()] = k[n / 2];
        double way = Math.abs(k[n - 1] - k[0]);
        if (way > longest[axis]) {
            longest[axis] = way;
            spacing[axis] = way / (n - 1);
        }
    }

    long samples() {
        return samples;
    }

    /** The smallest k along each axis; null without samples. */
    Vec3 min() {
        return samples == 0 ? null : new Vec3(min[0], min[1], min[2]);
    }

    Vec3 max() {
        return samples == 0 ? null : new Vec3(max[0], max[1], max[2]);
    }

    /**
     * The size of the detail that this resolves: one over the width of k-space, which is the distance of its ends and one step.
     * It does not matter where k-space lies; what is measured of it counts, not what a reconstruction may add to it. NaN along
     * an axis that is not encoded.
     */
    double resolutionMeters(int axis) {
        double width = max[axis] - min[axis];
        return width > STILL_PER_METER ? 1 / (width + step(axis, width)) : Double.NaN;
    }

    /** Between neighbouring samples where readouts run along the axis, else between neighbouring readouts. */
    private double step(int axis, double width) {
        if (longest[axis] > 0.3 * width) {
            return spacing[axis];
        }
        double[] sorted = middles[axis].clone();
        Arrays.sort(sorted);
        double smallest = width;
        for (int i = 1; i < sorted.length; i++) {
            double gap = sorted[i] - sorted[i - 1];
            if (gap > 1e-4 * width) {
                smallest = Math.min(smallest, gap);
            }
        }
        return smallest;
    }
}
