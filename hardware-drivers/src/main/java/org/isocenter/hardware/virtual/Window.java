package org.isocenter.hardware.virtual;

/**
 * An ADC window as the spins see it. Under a constant gradient the spins stand at sample {@code samples/2} when it is
 * received; otherwise at the window's start.
 *
 * @param adcIndex running number in the table
 * @param endSeconds from the table's start
 * @param phaseShapeRadians per sample, or null
 * @param gradientHertzPerMeter x, y, z when the gradient is constant from first to last sample, else null
 * @param turnsPerMeter {x, y, z}[sample], the gradient's integral since the window's start; null for a constant gradient
 */
record Window(
        int adcIndex,
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

    double sampleSeconds(int sample) {
        return (sample + 0.5) * dwellSeconds;
    }
}
