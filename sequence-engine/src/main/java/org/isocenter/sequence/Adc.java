package org.isocenter.sequence;

/**
 * An ADC event as Pulseq stores it. Sample n is taken at {@code delay + (n+½)·dwell}.
 *
 * @param phaseShapeRadians one phase per sample, or null
 */
public record Adc(
        int samples,
        long dwellPs,
        long delayPs,
        double frequencyPpm,
        double phasePpm,
        double frequencyHertz,
        double phaseRadians,
        Shape phaseShapeRadians) {

    public long endPs() {
        return delayPs + samples * dwellPs;
    }

    public double frequencyOffsetHertz(double larmorHertz) {
        return frequencyHertz + frequencyPpm * 1e-6 * larmorHertz;
    }

    public double phaseOffsetRadians(double larmorHertz) {
        return phaseRadians + phasePpm * 1e-6 * larmorHertz;
    }
}
