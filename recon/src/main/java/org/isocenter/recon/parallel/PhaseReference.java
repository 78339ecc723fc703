package org.isocenter.recon.parallel;

import org.isocenter.recon.array.ChannelGrid;

/**
 * The virtual channel whose phase sensitivities are relative to: the one with the most signal, the first principal component of
 * the data (as in Uecker and Lustig 2017, MRM 77:1201, section "Virtual conjugate coils", and BART). A real coil of small
 * range would not do: its phase is noise where it sees nothing. Immutable.
 */
final class PhaseReference {
    private final float[] real;
    private final float[] imaginary;

    /** Of any data of the channels, k-space or image. */
    PhaseReference(ChannelGrid data) {
        int channels = data.channels();
        HermitianMatrix covariance = NoiseCovariance.of(data);
        double[] vectorReal = new double[channels];
        double[] vectorImaginary = new double[channels];
        new HermitianEigen(covariance).vector(0, vectorReal, vectorImaginary);
        real = new float[channels];
        imaginary = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            real[channel] = (float) vectorReal[channel];
            imaginary[channel] = (float) vectorImaginary[channel];
        }
    }

    /** Makes what the virtual channel sees of each of a row's vectors real and positive. */
    void apply(RowEigenvectors vectors, int length) {
        float[] seenReal = new float[length];
        float[] seenImaginary = new float[length];
        for (int channel = 0; channel < real.length; channel++) {
            RowArithmetic.addScaled(
                    real[channel],
                    -imaginary[channel],
                    vectors.real(channel),
                    vectors.imaginary(channel),
                    seenReal,
                    seenImaginary,
                    0,
                    length);
        }
        for (int i = 0; i < length; i++) {
            float size = (float) Math.hypot(seenReal[i], seenImaginary[i]);
            seenReal[i] = size > 0 ? seenReal[i] / size : 1;
            seenImaginary[i] = size > 0 ? -seenImaginary[i] / size : 0;
        }
        for (int channel = 0; channel < real.length; channel++) {
            float[] r = vectors.real(channel);
            float[] j = vectors.imaginary(channel);
            for (int i = 0; i < length; i++) {
                float turned = r[i] * seenReal[i] - j[i] * seenImaginary[i];
                j[i] = r[i] * seenImaginary[i] + j[i] * seenReal[i];
                r[i] = turned;
            }
        }
    }
}
