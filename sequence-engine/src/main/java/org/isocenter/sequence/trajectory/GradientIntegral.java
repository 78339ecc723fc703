package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Waveform;

/** The running integral of a gradient as it counts ({@link Gradient#held}): quadratic between corners. Immutable. */
final class GradientIntegral {
    static final GradientIntegral ZERO = new GradientIntegral(Waveform.ZERO, 0, 0);

    private final long[] timesPs;
    private final double[] hertzPerMeter;
    private final double[] perMeter; // integral up to each corner
    private final double first;
    private final double last;

    static GradientIntegral of(Gradient gradient, Rasters rasters) {
        Waveform held = gradient.held(rasters);
        if (gradient instanceof Gradient.Uniform uniform && !uniform.oversampled()) {
            return new GradientIntegral(held, 0, uniform.last());
        }
        double[] values = held.hertzPerMeter();
        return new GradientIntegral(held, held.timesPs()[0] == 0 ? values[0] : 0, values[values.length - 1]);
    }

    private GradientIntegral(Waveform held, double first, double last) {
        this.timesPs = held.timesPs();
        this.hertzPerMeter = held.hertzPerMeter();
        this.first = first;
        this.last = last;
        perMeter = new double[timesPs.length];
        for (int i = 1; i < timesPs.length; i++) {
            perMeter[i] = perMeter[i - 1]
                    + 0.5 * (hertzPerMeter[i] + hertzPerMeter[i - 1]) * (timesPs[i] - timesPs[i - 1]) * 1e-12;
        }
    }

    int corners() {
        return timesPs.length;
    }

    double total() {
        return perMeter.length == 0 ? 0 : perMeter[perMeter.length - 1];
    }

    /** From the block's start to this time, in 1/m. */
    double at(double timePs) {
        int last = timesPs.length - 1;
        return last >= 0 && timePs >= timesPs[last] ? perMeter[last] : after(segment(timePs, 0), timePs);
    }

    /** From the block's start to each sample of an ADC window, in 1/m; every segment is looked at once. */
    void sample(Adc adc, double[] into) {
        double start = adc.delayPs() + 0.5 * adc.dwellPs();
        double dwell = adc.dwellPs();
        int n = adc.samples();
        int segment = segment(start, 0);
        int i = 0;
        while (i < n) {
            segment = segment(start + i * dwell, segment);
            if (segment == timesPs.length - 1) {
                Arrays.fill(into, i, n, total());
                return;
            }
            double end = timesPs[segment + 1];
            double from = segment < 0 ? 0 : timesPs[segment];
            double before = segment < 0 ? 0 : perMeter[segment];
            double value = segment < 0 ? 0 : hertzPerMeter[segment];
            double halfSlope = segment < 0 ? 0 : 0.5 * (hertzPerMeter[segment + 1] - value) / (end - from);
            for (; i < n && start + i * dwell < end; i++) {
                double t = start + i * dwell - from;
                into[i] = before + t * (value + halfSlope * t) * 1e-12;
            }
        }
    }

    /** What a change of the first corner's value by {@code step} adds to the integral up to this time, in 1/m. */
    double ofFirstStep(double step, double timePs) {
        if (step == 0 || timesPs.length < 2) {
            return 0;
        }
        double length = timesPs[1] - timesPs[0];
        double t = Math.min(Math.max(timePs - timesPs[0], 0), length);
        return length == 0 ? 0 : step * t * (1 - 0.5 * t / length) * 1e-12;
    }

    /** The value at the block's start where it counts; 0 where the gradient begins later or is held sample by sample. */
    double first() {
        return first;
    }

    /** The value at this time if the gradient ends there, else 0. */
    double lastAt(long endPs) {
        int n = timesPs.length;
        return n > 0 && timesPs[n - 1] == endPs ? last : 0;
    }

    /**
     * The index of the last corner at or before this time, searched upwards from {@code hint}; -1 before the first corner.
     */
    int segment(double timePs, int hint) {
        int i = Math.max(hint, 0);
        if (timesPs.length == 0 || timePs < timesPs[0]) {
            return -1;
        }
        if (timesPs.length - i > 64 && timePs >= timesPs[Math.min(i + 32, timesPs.length - 1)]) {
            int low = i;
            int high = timesPs.length - 1;
            while (low < high) {
                int mid = (low + high + 1) >>> 1;
                if (timesPs[mid] <= timePs) {
                    low = mid;
                } else {
                    high = mid - 1;
                }
            }
            return low;
        }
        while (i + 1 < timesPs.length && timesPs[i + 1] <= timePs) {
            i++;
        }
        return i;
    }

    /** The integral up to a time that lies in this segment. */
    double after(int segment, double timePs) {
        if (segment < 0) {
            return 0;
        }
        if (segment == timesPs.length - 1) {
            return perMeter[segment];
        }
        double t = timePs - timesPs[segment];
        double slope =
                (hertzPerMeter[segment + 1] - hertzPerMeter[segment]) / (timesPs[segment + 1] - timesPs[segment]);
        return perMeter[segment] + t * (hertzPerMeter[segment] + 0.5 * slope * t) * 1e-12;
    }
}
