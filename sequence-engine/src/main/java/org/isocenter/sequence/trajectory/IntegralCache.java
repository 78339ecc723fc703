package org.isocenter.sequence.trajectory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Sequence;

/**
 * The integrals of a sequence's gradients, each worked out once, and their values at the samples of ADC windows. Keeps a
 * bounded number of both and starts anew when that is reached. One thread.
 */
final class IntegralCache {
    /** 24 bytes each. */
    private static final int MOST_CORNERS = 1 << 18;

    /** 8 bytes each. */
    private static final int MOST_SAMPLES = 1 << 18;

    private final Sequence sequence;
    private final GradientIntegral[] integrals;
    private final Map<Long, double[]> sampled = new HashMap<>();
    private int corners;
    private int samples;

    IntegralCache(Sequence sequence) {
        this.sequence = sequence;
        this.integrals = new GradientIntegral[sequence.gradientCount() + 1];
        integrals[0] = GradientIntegral.ZERO;
    }

    /** The integral of the gradient with this id; zero for 0. */
    GradientIntegral of(int gradientId) {
        GradientIntegral integral = integrals[gradientId];
        if (integral == null) {
            integral = GradientIntegral.of(sequence.gradient(gradientId), sequence.rasters());
            corners += integral.corners();
            if (corners > MOST_CORNERS) {
                Arrays.fill(integrals, 1, integrals.length, null);
                corners = integral.corners();
            }
            integrals[gradientId] = integral;
        }
        return integral;
    }

    /** The gradient's integral from the block's start to each sample of the window, in 1/m. Not to be written to. */
    double[] atSamples(int gradientId, int adcId) {
        long key = (long) gradientId << 32 | adcId;
        double[] values = sampled.get(key);
        if (values == null) {
            Adc adc = sequence.adc(adcId);
            values = new double[adc.samples()];
            of(gradientId).sample(adc, values);
            samples += values.length;
            if (samples > MOST_SAMPLES) {
                sampled.clear();
                samples = values.length;
            }
            sampled.put(key, values);
        }
        return values;
    }
}
