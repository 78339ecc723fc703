package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/** How the values of channels vary together. */
public final class NoiseCovariance {
    private NoiseCovariance() {}

    /**
     * {@code mean(x_a · conj(x_b))} over all points of all channels, without subtracting the mean. Of samples taken without
     * signal, it is the covariance Ψ of the noise; at least as many samples as channels are needed for it to be invertible.
     */
    public static HermitianMatrix of(ChannelGrid samples) {
        int channels = samples.channels();
        HermitianMatrix covariance = new HermitianMatrix(channels);
        for (int a = 0; a < channels; a++) {
            for (int b = a; b < channels; b++) {
                float[] aReal = samples.real(a);
                float[] aImaginary = samples.imaginary(a);
                float[] bReal = samples.real(b);
                float[] bImaginary = samples.imaginary(b);
                double sumReal = 0;
                double sumImaginary = 0;
                for (int i = 0; i < samples.points(); i++) {
                    sumReal += (double) aReal[i] * bReal[i] + (double) aImaginary[i] * bImaginary[i];
                    sumImaginary += (double) aImaginary[i] * bReal[i] - (double) aReal[i] * bImaginary[i];
                }
                covariance.set(a, b, sumReal / samples.points(), sumImaginary / samples.points());
            }
        }
        return covariance;
    }
}
