package org.isocenter.sequence.library;

import java.util.Locale;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.Pulses;

/**
 * A block with an RF pulse, with or without a slice gradient under it. The pulse's centre lies on the grid.
 *
 * @param envelope of the pulse
 * @param gradient under the pulse, or null
 * @param hertzPerMeter amplitude of that gradient, or 0
 * @param durationPs of the pulse
 * @param leadPs from the block's start to the pulse's centre
 * @param tailPs from the pulse's centre to the block's end
 * @param halfAreaPerMeter moment of the gradient from the pulse's centre to its end, and as much from its start
 */
record Excitation(
        RfPulse envelope,
        Gradient.Trapezoid gradient,
        double hertzPerMeter,
        long durationPs,
        long leadPs,
        long tailPs,
        double halfAreaPerMeter) {

    private static final double SINC_SECONDS = 2e-3;
    private static final double LONGEST_SINC_SECONDS = 10e-3;
    private static final double BLOCK_SECONDS = 200e-6;
    /** Of the transmitter's peak; the rest is for calibration. */
    private static final double SHARE_OF_PEAK = 0.98;

    /**
     * A Hann-windowed sinc. It takes 2 ms, or longer where the peak amplitude or the gradient would not do.
     *
     * @param thicknessParameter the parameter to blame when the slice is too thin
     */
    static Excitation slice(
            double flipRadians,
            RfUse use,
            double timeBandwidth,
            double thicknessMeters,
            String thicknessParameter,
            SystemLimits limits,
            GradientSystem system,
            Problems problems) {
        double thinnest = timeBandwidth / (LONGEST_SINC_SECONDS * system.hertzPerMeter());
        problems.atLeast(
                thicknessParameter,
                thinnest,
                1e-4,
                "a pulse of " + seconds(LONGEST_SINC_SECONDS) + " selects no thinner slice with "
                        + milliTesla(system.hertzPerMeter(), limits));
        Grid grid = system.grid();
        double mean = Pulses.mean(Pulses.sinc(1000, timeBandwidth));
        double forPeak = Math.abs(flipRadians) / (2 * Math.PI * mean * limits.rfPeakHertz() * SHARE_OF_PEAK);
        double forGradient = Math.min(LONGEST_SINC_SECONDS, timeBandwidth / (thicknessMeters * system.hertzPerMeter()));
        long duration = even(Math.max(SINC_SECONDS, Math.max(forPeak, forGradient)), grid);
        Shape sinc = Pulses.sinc((int) (duration / grid.rasters().rfPs()), timeBandwidth);
        double seconds = duration * 1e-12;
        double hertzPerMeter = Math.min(system.hertzPerMeter(), timeBandwidth / (seconds * thicknessMeters));
        double amplitude = Pulses.amplitudeHertz(flipRadians, Pulses.mean(sinc), seconds);
        return block(
                Pulses.magnitudes(sinc),
                Pulses.signs(sinc),
                null,
                amplitude,
                duration,
                hertzPerMeter,
                use,
                limits,
                system);
    }

    /** A rectangular pulse without gradient: 200 µs, or longer where the peak amplitude would not do. */
    static Excitation hard(double flipRadians, RfUse use, SystemLimits limits, GradientSystem system) {
        Grid grid = system.grid();
        double forPeak = Math.abs(flipRadians) / (2 * Math.PI * limits.rfPeakHertz() * SHARE_OF_PEAK);
        long duration = even(Math.max(BLOCK_SECONDS, forPeak), grid);
        double amplitude = Pulses.amplitudeHertz(flipRadians, 1, duration * 1e-12);
        Shape times = new Shape(0, (double) (duration / grid.rasters().rfPs()));
        return block(new Shape(1, 1), null, times, amplitude, duration, 0, use, limits, system);
    }

    private static Excitation block(
            Shape magnitude,
            Shape phase,
            Shape times,
            double amplitude,
            long duration,
            double hertzPerMeter,
            RfUse use,
            SystemLimits limits,
            GradientSystem system) {
        Grid grid = system.grid();
        long ramp = hertzPerMeter == 0 ? 0 : system.rampPs(hertzPerMeter);
        long delay = grid.up(Math.max(Rasters.ps(limits.rfDeadSeconds()), ramp));
        long end = grid.up(delay + duration + Math.max(Rasters.ps(limits.rfRingdownSeconds()), ramp));
        Gradient.Trapezoid gradient = hertzPerMeter == 0 ? null : system.flatTop(hertzPerMeter, duration, delay - ramp);
        RfPulse pulse = new RfPulse(amplitude, magnitude, phase, times, duration * 0.5e-12, delay, 0, 0, 0, 0, use);
        long lead = delay + duration / 2;
        return new Excitation(
                pulse,
                gradient,
                hertzPerMeter,
                duration,
                lead,
                end - lead,
                hertzPerMeter * 0.5e-12 * (duration + ramp));
    }

    /** Rounded up so that half of it is on the grid. */
    private static long even(double seconds, Grid grid) {
        return 2 * grid.up(seconds / 2);
    }

    long blockPs() {
        return leadPs + tailPs;
    }

    /** The pulse for a slice at this distance from the isocentre, with this phase at its centre. */
    RfPulse pulse(double sliceOffsetMeters, double phaseAtCenterRadians) {
        double hertz = hertzPerMeter * sliceOffsetMeters;
        double phase = Angles.positive(phaseAtCenterRadians - 2 * Math.PI * hertz * envelope.centerSeconds());
        return new RfPulse(
                envelope.amplitudeHertz(),
                envelope.magnitude(),
                envelope.phaseCycles(),
                envelope.timeRaster(),
                envelope.centerSeconds(),
                envelope.delayPs(),
                0,
                0,
                hertz,
                phase,
                envelope.use());
    }

    static String milliTesla(double hertzPerMeter, SystemLimits limits) {
        return String.format(Locale.ROOT, "%.3g mT/m", hertzPerMeter / limits.gammaHertzPerTesla() * 1e3);
    }

    private static String seconds(double seconds) {
        return Unit.SECOND.display(seconds);
    }
}
