package org.isocenter.hardware.virtual;

/**
 * A stretch of an ADC window as the spins see it: the whole window where one gradient holds throughout, else its parts under
 * constant and under changing gradients. Under a constant gradient the spins stand at sample {@code samples/2} when it is
 * received; otherwise at the stretch's start.
 *
 * @param adcIndex running number in the table
 * @param wholeSamples of the ADC window
 * @param firstSample of this stretch
 * @param samples of this stretch
 * @param endSeconds from the table's start
 * @param phaseShapeRadians per sample of the window, or null
 * @param gradientHertzPerMeter x, y, z when the gradient is constant from first to last sample, else null
 * @param turnsPerMeter {x, y, z}[sample], the gradient's integral since the stretch's start; null for a constant gradient
 */
record Window(
        int adcIndex,
        int wholeSamples,
        int firstSample,
        int samples,
        double dwellSeconds,
        double frequencyHertz,
        double phaseRadians,
        float[] phaseShapeRadians,
        double endSeconds,
        double[] gradientHertzPerMeter,
        float[][] turnsPerMeter) {

    boolean constantGradient() {
        return gradientHertzPerMeter != null;
    }

    /** From the stretch's start. */
    double sampleSeconds(int sample) {
        return (sample + 0.5) * dwellSeconds;
    }

    /** By how much the receiver's phase has turned since the carrier's at this sample. */
    double demodulationRadians(int sample) {
        int ofWindow = firstSample + sample;
        double extra = phaseShapeRadians == null ? 0 : phaseShapeRadians[ofWindow];
        return 2 * Math.PI * frequencyHertz * (ofWindow + 0.5) * dwellSeconds + phaseRadians + extra;
    }

    boolean completesTheWindow() {
        return firstSample + samples == wholeSamples;
    }
}
