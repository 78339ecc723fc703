package org.isocenter.hardware.virtual;

import java.util.SplittableRandom;

/** Gaussian receiver noise. Each window has its own stream, so it does not matter what was received before. */
record NoiseSource(long seed, double deviationAt10Kilohertz) {
    private static final double REFERENCE_HERTZ = 10e3;

    /** Adds to channel after channel; the deviation grows with the root of the sampling rate. */
    void addTo(float[] re, float[] im, int count, int adcIndex, double dwellSeconds) {
        if (deviationAt10Kilohertz == 0) {
            return;
        }
        double deviation = deviationAt10Kilohertz / Math.sqrt(dwellSeconds * REFERENCE_HERTZ);
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + adcIndex);
        for (int i = 0; i < count; i++) {
            re[i] += (float) (deviation * random.nextGaussian());
            im[i] += (float) (deviation * random.nextGaussian());
        }
    }
}
