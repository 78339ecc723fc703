package org.isocenter.hardware.virtual.receive;

/**
 * One ADC window on its way through the receiver: complex, planar (sample s of channel c at {@code c*samples+s}), in
 * millilitres of fully polarised water times the gain so far. Until the demodulator it is what turns about the carrier; then
 * it is what is delivered. Steps change it in place; one thread.
 */
public final class ReceivedSignal {
    /** Edges of the filter as shares of the sampling rate; half the rate is in their middle. */
    private static final double PASSES = 0.45;

    private static final double STOPS = 0.55;

    final int adcIndex;
    final int channels;
    final int samples;
    final double startSeconds;
    final double dwellSeconds;
    final double frequencyHertz;
    final double[] demodulationRadians;
    final double[] re;
    final double[] im;

    /**
     * An empty window.
     *
     * @param adcIndex running number in the table, from 0
     * @param startSeconds when it opens, from the scan's start
     * @param frequencyHertz to which the receiver is tuned, from the carrier
     */
    public ReceivedSignal(
            int adcIndex, int channels, int samples, double startSeconds, double dwellSeconds, double frequencyHertz) {
        this.adcIndex = adcIndex;
        this.channels = channels;
        this.samples = samples;
        this.startSeconds = startSeconds;
        this.dwellSeconds = dwellSeconds;
        this.frequencyHertz = frequencyHertz;
        demodulationRadians = new double[samples];
        re = new double[channels * samples];
        im = new double[channels * samples];
    }

    /**
     * Sets what one channel's coil hands on at one sample.
     *
     * @param turnRadians by how much the receiver's phase has turned since the carrier's
     */
    public void set(int channel, int sample, double real, double imaginary, double turnRadians) {
        re[channel * samples + sample] = real;
        im[channel * samples + sample] = imaginary;
        demodulationRadians[sample] = turnRadians;
    }

    /** When a sample is taken, from the scan's start. */
    double seconds(int sample) {
        return startSeconds + (sample + 0.5) * dwellSeconds;
    }

    /** How much of a steady tone, so far from the carrier, the decimation filter lets through. */
    double passed(double hertz) {
        double ofRate = Math.abs(hertz - frequencyHertz) * dwellSeconds;
        if (ofRate <= PASSES) {
            return 1;
        }
        if (ofRate >= STOPS) {
            return 0;
        }
        double cosine = Math.cos(0.5 * Math.PI * (ofRate - PASSES) / (STOPS - PASSES));
        return cosine * cosine;
    }
}
