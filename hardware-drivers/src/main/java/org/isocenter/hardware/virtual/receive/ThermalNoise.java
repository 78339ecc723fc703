package org.isocenter.hardware.virtual.receive;

import org.isocenter.hardware.virtual.receive.RandomStreams.Purpose;

/** White Gaussian noise, correlated between channels where one body or coil makes it for several. */
final class ThermalNoise implements ReceiveStep {
    private static final double REFERENCE_HERTZ = 10e3;

    private final BandNoise noise;
    private final double deviation;
    private final double[][] mixing;

    private ThermalNoise(RandomStreams streams, Purpose purpose, double deviation, double[][] mixing) {
        noise = new BandNoise(streams, purpose);
        this.deviation = deviation;
        this.mixing = mixing;
    }

    /**
     * @param deviation of the real and of the imaginary part at 10 kHz sampling rate; grows with the root of the rate
     * @param correlation of the channels, positive definite; null for none
     */
    static ThermalNoise of(RandomStreams streams, Purpose purpose, double deviation, double[][] correlation) {
        return new ThermalNoise(streams, purpose, deviation, correlation == null ? null : choleskyFactor(correlation));
    }

    /** What a deviation at 10 kHz becomes at this dwell time. */
    static double deviationAt(double dwellSeconds, double deviationAt10Kilohertz) {
        return deviationAt10Kilohertz / Math.sqrt(dwellSeconds * REFERENCE_HERTZ);
    }

    @Override
    public void apply(ReceivedSignal signal) {
        double scale = deviationAt(signal.dwellSeconds, deviation);
        for (int source = 0; source < signal.channels; source++) {
            double[][] parts = noise.of(signal, source, scale);
            int last = mixing == null ? source + 1 : signal.channels;
            for (int channel = source; channel < last; channel++) {
                double share = mixing == null ? 1 : mixing[channel][source];
                add(signal, channel, share, parts[0], parts[1]);
            }
        }
    }

    private static void add(ReceivedSignal signal, int channel, double share, double[] re, double[] im) {
        int first = channel * signal.samples;
        for (int s = 0; s < signal.samples; s++) {
            signal.re[first + s] += share * re[s];
            signal.im[first + s] += share * im[s];
        }
    }

    /** Lower triangular, times its transpose the matrix. */
    static double[][] choleskyFactor(double[][] matrix) {
        int n = matrix.length;
        double[][] factor = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double rest = matrix[i][j];
                for (int k = 0; k < j; k++) {
                    rest -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(rest) : rest / factor[j][j];
            }
        }
        return factor;
    }
}
