package org.isocenter.hardware;

/**
 * What the part of a device that plays events can do, beyond the limits of its scanner. 0 is no limit.
 *
 * @param longestPulseSeconds with the transmit gate open
 * @param shortestStepTicks between two events of one channel; what sets all outputs at the very start and end is no step
 * @param shortestDwellTicks per sample of an ADC window
 */
public record SequencerLimits(double longestPulseSeconds, int shortestStepTicks, int shortestDwellTicks) {
    public static final SequencerLimits NONE = new SequencerLimits(0, 0, 0);
}
