package org.isocenter.recon.iterative;

import org.isocenter.recon.array.ChannelGrid;

/**
 * An image's equation: what its channels measured of it.
 *
 * @param encoding from the image to the data
 * @param scale of the data, {@link DataScale}: what weights of regularisers are multiplied by
 * @param noise standard deviation of the complex noise of a pixel of the right-hand side
 * @param adjointReal the right-hand side: the data, taken back to an image
 */
public record Equation(
        EncodingOperator encoding, double scale, double noise, float[] adjointReal, float[] adjointImaginary) {

    /** How such an equation is solved. Any thread. */
    public interface Solver {
        /** Improves an image, from which it starts. */
        void solve(Equation equation, float[] real, float[] imaginary, Progress progress);
    }

    /**
     * @param sensitivities of the channels, as {@link EncodingOperator} takes them
     * @param dataReal of each channel, as the sampling lays them out
     */
    public static Equation of(
            FourierSampling sampling,
            ChannelGrid sensitivities,
            double scale,
            double noise,
            float[][] dataReal,
            float[][] dataImaginary) {
        EncodingOperator encoding = new EncodingOperator(sampling, sensitivities);
        float[] real = new float[encoding.points()];
        float[] imaginary = new float[encoding.points()];
        encoding.adjoint(dataReal, dataImaginary, real, imaginary);
        return new Equation(encoding, scale, noise, real, imaginary);
    }
}
