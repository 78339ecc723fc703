package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import org.isocenter.sequence.Adc;

/**
 * One axis' gradient in the block under way. Where a gradient goes on from the block before without a break, its first value
 * is that of the other's last: the file's six digits leave a small step there that was never meant.
 */
final class PlayedAxis {
    private static final double ROUNDING = 2e-5;

    private final IntegralCache cache;
    private int gradientId;
    private GradientIntegral integral = GradientIntegral.ZERO;
    private double step;
    private double lastBefore;

    PlayedAxis(IntegralCache cache) {
        this.cache = cache;
    }

    void start(int id) {
        gradientId = id;
        integral = cache.of(id);
        double first = integral.first();
        double difference = lastBefore - first;
        boolean rounding = Math.abs(difference) <= ROUNDING * Math.abs(lastBefore);
        step = first != 0 && rounding ? difference : 0;
    }

    void end(long blockDurationPs) {
        if (blockDurationPs > 0) {
            lastBefore = integral.lastAt(blockDurationPs);
        }
    }

    /** The integral from the block's start to this time, in 1/m. */
    double at(double timePs) {
        return gradientId == 0 ? 0 : integral.at(timePs) + integral.ofFirstStep(step, timePs);
    }

    /** The integral at each sample of a window, in 1/m; null where this axis has no gradient. Not to be written to. */
    double[] atSamples(int adcId, Adc adc) {
        if (gradientId == 0) {
            return null;
        }
        double[] values = cache.atSamples(gradientId, adcId);
        if (step == 0) {
            return values;
        }
        double[] stepped = Arrays.copyOf(values, values.length);
        for (int i = 0; i < stepped.length; i++) {
            stepped[i] += integral.ofFirstStep(step, adc.delayPs() + (i + 0.5) * adc.dwellPs());
        }
        return stepped;
    }
}
