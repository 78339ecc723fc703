package org.isocenter.hardware.stream;

import org.isocenter.hardware.SequencerLimits;
import org.isocenter.model.SystemLimits;

/**
 * What a device says that it can do; 0 wherever it does not tell.
 *
 * @param clockHertz ticks per second; always told
 * @param carrierFromHertz lowest frequency that it can be tuned to
 * @param carrierToHertz highest
 * @param gradientHertzPerMeter largest on an axis
 * @param slewHertzPerMeterPerSecond largest on an axis
 * @param rfPeakHertz largest γB1/2π
 * @param rfDutyFraction largest share of one second with the transmit gate open
 * @param longestPulseSeconds with the gate open
 * @param shortestStepTicks between two events of one channel
 * @param shortestDwellTicks per sample
 * @param longestWindowSamples of one readout
 */
public record DeviceLimits(
        double clockHertz,
        double carrierFromHertz,
        double carrierToHertz,
        double gradientHertzPerMeter,
        double slewHertzPerMeterPerSecond,
        double rfPeakHertz,
        double rfDutyFraction,
        double longestPulseSeconds,
        int shortestStepTicks,
        int shortestDwellTicks,
        int longestWindowSamples) {
    void write(FrameWriter frame) {
        frame.f64(clockHertz)
                .f64(carrierFromHertz)
                .f64(carrierToHertz)
                .f64(gradientHertzPerMeter)
                .f64(slewHertzPerMeterPerSecond)
                .f64(rfPeakHertz)
                .f64(rfDutyFraction)
                .f64(longestPulseSeconds)
                .u32(shortestStepTicks)
                .u32(shortestDwellTicks)
                .u32(longestWindowSamples);
    }

    static DeviceLimits read(Frame frame) throws FrameFormatException {
        double clock = limit(frame, "clock");
        if (clock < 1) {
            throw new FrameFormatException("the device tells a clock of " + clock + " Hz");
        }
        return new DeviceLimits(
                clock,
                limit(frame, "lowest carrier"),
                limit(frame, "highest carrier"),
                limit(frame, "gradient"),
                limit(frame, "slew rate"),
                limit(frame, "RF peak"),
                limit(frame, "RF duty"),
                limit(frame, "longest pulse"),
                frame.count(),
                frame.count(),
                frame.count());
    }

    private static double limit(Frame frame, String what) throws FrameFormatException {
        double value = frame.f64();
        if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
            throw new FrameFormatException("the device tells a limit that cannot be: " + what + " " + value);
        }
        return value;
    }

    /** Of each limit the stricter: the device's or the profile's. Clock and receivers are the device's. */
    SystemLimits stricter(SystemLimits profile, int receivers) {
        return new SystemLimits(
                profile.name(),
                profile.fieldTesla(),
                profile.gammaHertzPerTesla(),
                lower(gradientHertzPerMeter, profile.gradientHertzPerMeter()),
                lower(slewHertzPerMeterPerSecond, profile.slewHertzPerMeterPerSecond()),
                lower(rfPeakHertz, profile.rfPeakHertz()),
                lower(rfDutyFraction, profile.rfDutyFraction()),
                profile.gradientRasterSeconds(),
                profile.rfRasterSeconds(),
                profile.adcRasterSeconds(),
                profile.blockRasterSeconds(),
                profile.rfDeadSeconds(),
                profile.rfRingdownSeconds(),
                profile.adcDeadSeconds(),
                profile.maxFrequencyOffsetHertz(),
                clockHertz,
                receivers,
                profile.safety());
    }

    private static double lower(double told, double other) {
        return told == 0 ? other : Math.min(told, other);
    }

    SequencerLimits sequencer() {
        return new SequencerLimits(longestPulseSeconds, shortestStepTicks, shortestDwellTicks);
    }

    /** What is wrong with a table for this device, as a clause for people; null when nothing is. */
    String refusal(TableHeader table) {
        if (carrierToHertz > 0 && (table.carrierHertz() < carrierFromHertz || table.carrierHertz() > carrierToHertz)) {
            return "the carrier of " + table.carrierHertz() + " Hz is not between its " + carrierFromHertz + " and "
                    + carrierToHertz + " Hz: use the profile of this scanner";
        }
        if (longestWindowSamples > 0 && table.longestWindow() > longestWindowSamples) {
            return "an ADC window has " + table.longestWindow() + " samples, it takes at most " + longestWindowSamples
                    + ": use fewer samples";
        }
        return null;
    }
}
