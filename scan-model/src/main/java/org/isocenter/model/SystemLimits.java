package org.isocenter.model;

/**
 * What a scanner can do. Read from a scanner profile, never written into code. SI; gradients in Hz/m (γ-free), RF in Hz.
 *
 * @param name of the profile
 * @param fieldTesla main field
 * @param gammaHertzPerTesla gyromagnetic ratio / 2π of the imaged nucleus
 * @param gradientHertzPerMeter largest per axis
 * @param slewHertzPerMeterPerSecond largest per axis
 * @param rfPeakHertz largest γB1/2π that the transmitter can make
 * @param rfDutyFraction largest share of time that RF may be on, averaged over one second
 * @param gradientRasterSeconds gradient raster
 * @param rfRasterSeconds RF raster
 * @param adcRasterSeconds raster of the dwell time
 * @param blockRasterSeconds raster of the block duration
 * @param rfDeadSeconds from opening the transmit gate to the first RF sample
 * @param rfRingdownSeconds from the last RF sample until the gate may close or an ADC open
 * @param adcDeadSeconds from opening the ADC to the first good sample
 * @param maxFrequencyOffsetHertz largest offset of RF and ADC from the carrier
 * @param clockHertz of the hardware's event clock
 * @param receiveChannels number of receive channels
 * @param safety what the patient and the amplifiers bear over time
 */
public record SystemLimits(
        String name,
        double fieldTesla,
        double gammaHertzPerTesla,
        double gradientHertzPerMeter,
        double slewHertzPerMeterPerSecond,
        double rfPeakHertz,
        double rfDutyFraction,
        double gradientRasterSeconds,
        double rfRasterSeconds,
        double adcRasterSeconds,
        double blockRasterSeconds,
        double rfDeadSeconds,
        double rfRingdownSeconds,
        double adcDeadSeconds,
        double maxFrequencyOffsetHertz,
        double clockHertz,
        int receiveChannels,
        SafetyLimits safety) {

    /** A scanner without limits over time. */
    public SystemLimits(
            String name,
            double fieldTesla,
            double gammaHertzPerTesla,
            double gradientHertzPerMeter,
            double slewHertzPerMeterPerSecond,
            double rfPeakHertz,
            double rfDutyFraction,
            double gradientRasterSeconds,
            double rfRasterSeconds,
            double adcRasterSeconds,
            double blockRasterSeconds,
            double rfDeadSeconds,
            double rfRingdownSeconds,
            double adcDeadSeconds,
            double maxFrequencyOffsetHertz,
            double clockHertz,
            int receiveChannels) {
        this(
                name,
                fieldTesla,
                gammaHertzPerTesla,
                gradientHertzPerMeter,
                slewHertzPerMeterPerSecond,
                rfPeakHertz,
                rfDutyFraction,
                gradientRasterSeconds,
                rfRasterSeconds,
                adcRasterSeconds,
                blockRasterSeconds,
                rfDeadSeconds,
                rfRingdownSeconds,
                adcDeadSeconds,
                maxFrequencyOffsetHertz,
                clockHertz,
                receiveChannels,
                SafetyLimits.NONE);
    }

    /** The same scanner with other limits over time. */
    public SystemLimits with(SafetyLimits other) {
        return with(receiveChannels, other);
    }

    /** The same scanner with so many receive channels. */
    public SystemLimits withReceiveChannels(int channels) {
        return with(channels, safety);
    }

    private SystemLimits with(int channels, SafetyLimits other) {
        return new SystemLimits(
                name,
                fieldTesla,
                gammaHertzPerTesla,
                gradientHertzPerMeter,
                slewHertzPerMeterPerSecond,
                rfPeakHertz,
                rfDutyFraction,
                gradientRasterSeconds,
                rfRasterSeconds,
                adcRasterSeconds,
                blockRasterSeconds,
                rfDeadSeconds,
                rfRingdownSeconds,
                adcDeadSeconds,
                maxFrequencyOffsetHertz,
                clockHertz,
                channels,
                other);
    }

    /** Larmor frequency of the nucleus in the main field. */
    public double larmorHertz() {
        return gammaHertzPerTesla * fieldTesla;
    }
}
