package org.isocenter.sequence;

/**
 * An RF pulse as Pulseq stores it.
 *
 * @param amplitudeHertz peak of γB1/2π
 * @param magnitude samples in [0, 1]
 * @param phaseCycles samples in cycles, as long as {@code magnitude}; null for a phase of zero
 * @param timeRaster sample times in RF rasters from the event's start (after the delay); null for one sample at each raster
 *     centre
 * @param centerSeconds from the event's start (after the delay) to the effective rotation
 * @param delayPs from the block's start
 * @param frequencyPpm offset in ppm of the Larmor frequency
 * @param phasePpm phase in rad per MHz of the Larmor frequency
 */
public record RfPulse(
        double amplitudeHertz,
        Shape magnitude,
        Shape phaseCycles,
        Shape timeRaster,
        double centerSeconds,
        long delayPs,
        double frequencyPpm,
        double phasePpm,
        double frequencyHertz,
        double phaseRadians,
        RfUse use) {

    /** Length of the shape, without the delay. */
    public long shapeDurationPs(Rasters rasters) {
        double rastersLong =
                timeRaster == null ? magnitude.length() : Math.ceil(timeRaster.at(timeRaster.length() - 1) - 1e-9);
        return Math.round(rastersLong) * rasters.rfPs();
    }

    /** From the block's start to the last sample's end. */
    public long endPs(Rasters rasters) {
        return delayPs + shapeDurationPs(rasters);
    }

    /** Offset from the carrier at this Larmor frequency. */
    public double frequencyOffsetHertz(double larmorHertz) {
        return frequencyHertz + frequencyPpm * 1e-6 * larmorHertz;
    }

    /** Phase offset at this Larmor frequency. */
    public double phaseOffsetRadians(double larmorHertz) {
        return phaseRadians + phasePpm * 1e-6 * larmorHertz;
    }
}
