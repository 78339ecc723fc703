package org.isocenter.recon.noncartesian;

import org.isocenter.recon.iterative.NoiseFloor;

/** The noise of samples anywhere in k-space. */
final class SampleNoise {
    private SampleNoise() {}

    /** Mean square magnitude of the noise of a sample; 0 where there are too few to tell. */
    static double variance(Samples samples, float[][] real, float[][] imaginary) {
        double furthest = 0;
        for (int i = 0; i < samples.count(); i++) {
            furthest = samples.wanted()[i] ? Math.max(furthest, samples.radius(i)) : furthest;
        }
        NoiseFloor noise = new NoiseFloor();
        for (int i = 0; i < samples.count() && furthest > 0; i++) {
            if (samples.wanted()[i]) {
                double distance = samples.radius(i) / furthest;
                for (int channel = 0; channel < real.length; channel++) {
                    double re = real[channel][i];
                    double im = imaginary[channel][i];
                    noise.add(distance, re * re + im * im);
                }
            }
        }
        return noise.variance();
    }

    /**
     * Standard deviation of a pixel of the adjoint image, of data that were multiplied by the weights that the operator has too.
     *
     * @param variance of a sample
     * @param rootWeights of the samples, for an operator that is unitary for a whole k-space
     */
    static double ofAdjoint(double variance, float[] rootWeights, int pixels) {
        double sum = 0;
        for (float weight : rootWeights) {
            double square = (double) weight * weight;
            sum += square * square;
        }
        return Math.sqrt(variance * sum / pixels);
    }
}
