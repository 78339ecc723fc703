package org.isocenter.sequence.library;

import java.util.Locale;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.HyperbolicSecant;
import org.isocenter.sequence.design.PulseShape;
import org.isocenter.sequence.design.ShinnarLeRoux;

/**
 * A block with an RF pulse, with or without a slice gradient under it. The pulse's middle lies on the grid.
 *
 * @param envelope of the pulse
 * @param gradient under the pulse, or null
 * @param hertzPerMeter amplitude of that gradient, or 0
 * @param durationPs of the pulse
 * @param leadPs from the block's start to the pulse's middle
 * @param tailPs from the pulse's middle to the block's end
 * @param halfAreaPerMeter moment of the gradient from the pulse's effective centre to its end; as much from its start for
 *     refocusing pulses, whose centre is their middle (that of a designed excitation lies some percent before it)
 */
record Excitation(
        RfPulse envelope,
        Gradient.Trapezoid gradient,
        double hertzPerMeter,
        long durationPs,
        long leadPs,
        long tailPs,
        double halfAreaPerMeter) {

    private static final double SLICE_SECONDS = 2e-3;
    private static final double LONGEST_SLICE_SECONDS = 10e-3;
    private static final double BLOCK_SECONDS = 200e-6;
    /** Of the transmitter's peak; the rest is for calibration. */
    private static final double SHARE_OF_PEAK = 0.98;
    /** Ripples of designed slice profiles, inside and outside. */
    private static final double RIPPLE = 0.01;

    private static final double ADIABATIC_SECONDS = 8e-3;
    private static final double LONGEST_ADIABATIC_SECONDS = 20e-3;
    /** A band of 2 kHz in 8 ms. */
    private static final double ADIABATIC_TIME_BANDWIDTH = 16;
    /** It still inverts where the transmit field is weaker by this factor. */
    private static final double ADIABATIC_OVERDRIVE = 1.3;

    private static final double PLAIN_INVERSION_TIME_BANDWIDTH = 6;

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
        PulseShape sinc = PulseShape.sinc(flipRadians, timeBandwidth, PulseShape.Window.HANN);
        return slice(sinc, use, thicknessMeters, thicknessParameter, limits, system, problems);
    }

    /** As the other, with any pulse of linear phase: see {@link #shape}. */
    static Excitation slice(
            PulseShape shape,
            RfUse use,
            double thicknessMeters,
            String thicknessParameter,
            SystemLimits limits,
            GradientSystem system,
            Problems problems) {
        return selective(
                shape,
                use,
                SLICE_SECONDS,
                LONGEST_SLICE_SECONDS,
                thicknessMeters,
                thicknessParameter,
                limits,
                system,
                problems);
    }

    /**
     * The pulse that the parameter {@link StandardParameters#pulseShape} asks for, if the protocol has it: a Hann-windowed sinc,
     * or one of Shinnar and Le Roux with ripples of 1 %.
     */
    static PulseShape shape(Protocol protocol, double flipRadians, RfUse use, double timeBandwidth) {
        if (!protocol.has(StandardParameters.PULSE_SHAPE)
                || protocol.choice(StandardParameters.PULSE_SHAPE).equals(StandardParameters.SINC)) {
            return PulseShape.sinc(flipRadians, timeBandwidth, PulseShape.Window.HANN);
        }
        ShinnarLeRoux.Purpose purpose = switch (use) {
            case REFOCUSING -> ShinnarLeRoux.Purpose.REFOCUSING;
            case INVERSION -> ShinnarLeRoux.Purpose.INVERSION;
            case SATURATION -> ShinnarLeRoux.Purpose.SATURATION;
            default -> ShinnarLeRoux.Purpose.EXCITATION;
        };
        return ShinnarLeRoux.pulse(
                purpose, ShinnarLeRoux.Filter.LEAST_SQUARES, flipRadians, timeBandwidth, RIPPLE, RIPPLE);
    }

    /**
     * An inversion as the parameter {@link StandardParameters#inversionPulse} asks for. Adiabatic: a hyperbolic secant of 8 ms
     * and 2 kHz, or longer and narrower where peak or gradient would not do; it inverts even where the transmit field is weaker by
     * 1.3. Plain: a block, or with a slice a pulse of Shinnar and Le Roux, which takes less time and less amplitude.
     *
     * @param thicknessMeters of the slice or slab to invert; 0 for everything, without a gradient
     * @param thicknessParameter the parameter to blame when the slice is too thin
     */
    static Excitation inversion(
            Protocol protocol,
            double thicknessMeters,
            String thicknessParameter,
            SystemLimits limits,
            GradientSystem system,
            Problems problems) {
        if (!protocol.choice(StandardParameters.INVERSION_PULSE).equals(StandardParameters.ADIABATIC)) {
            if (thicknessMeters == 0) {
                return hard(Math.PI, RfUse.INVERSION, limits, system);
            }
            PulseShape shape = ShinnarLeRoux.pulse(
                    ShinnarLeRoux.Purpose.INVERSION,
                    ShinnarLeRoux.Filter.LEAST_SQUARES,
                    Math.PI,
                    PLAIN_INVERSION_TIME_BANDWIDTH,
                    RIPPLE,
                    RIPPLE);
            return slice(shape, RfUse.INVERSION, thicknessMeters, thicknessParameter, limits, system, problems);
        }
        PulseShape secant = HyperbolicSecant.inversion(ADIABATIC_TIME_BANDWIDTH, ADIABATIC_OVERDRIVE);
        double shortest = secant.shortestSeconds(limits.rfPeakHertz() * SHARE_OF_PEAK);
        if (shortest > LONGEST_ADIABATIC_SECONDS) {
            problems.add(
                    StandardParameters.INVERSION_PULSE,
                    String.format(
                            Locale.ROOT,
                            "an adiabatic inversion of %s needs a transmitter of %.0f Hz, this one makes %.0f Hz: choose %s",
                            seconds(LONGEST_ADIABATIC_SECONDS),
                            secant.peakHertz(LONGEST_ADIABATIC_SECONDS) / SHARE_OF_PEAK,
                            limits.rfPeakHertz(),
                            StandardParameters.PLAIN),
                    protocol.spec(StandardParameters.INVERSION_PULSE).choices().indexOf(StandardParameters.PLAIN));
        }
        if (thicknessMeters == 0) {
            long duration = even(Math.max(ADIABATIC_SECONDS, shortest), system.grid());
            return block(secant, duration, 0, RfUse.INVERSION, limits, system);
        }
        return selective(
                secant,
                RfUse.INVERSION,
                ADIABATIC_SECONDS,
                LONGEST_ADIABATIC_SECONDS,
                thicknessMeters,
                thicknessParameter,
                limits,
                system,
                problems);
    }

    private static Excitation selective(
            PulseShape shape,
            RfUse use,
            double usualSeconds,
            double longestSeconds,
            double thicknessMeters,
            String thicknessParameter,
            SystemLimits limits,
            GradientSystem system,
            Problems problems) {
        problems.atLeast(
                thicknessParameter,
                shape.timeBandwidth() / (longestSeconds * system.hertzPerMeter()),
                1e-4,
                "a pulse of " + seconds(longestSeconds) + " selects no thinner slice with "
                        + milliTesla(system.hertzPerMeter(), limits));
        double forPeak = shape.shortestSeconds(limits.rfPeakHertz() * SHARE_OF_PEAK);
        double forGradient =
                Math.min(longestSeconds, shape.timeBandwidth() / (thicknessMeters * system.hertzPerMeter()));
        long duration = even(Math.max(usualSeconds, Math.max(forPeak, forGradient)), system.grid());
        double hertzPerMeter =
                Math.min(system.hertzPerMeter(), shape.gradientHertzPerMeter(duration * 1e-12, thicknessMeters));
        return block(shape, duration, hertzPerMeter, use, limits, system);
    }

    /** A rectangular pulse without gradient: 200 µs, or longer where the peak amplitude would not do. */
    static Excitation hard(double flipRadians, RfUse use, SystemLimits limits, GradientSystem system) {
        return hard(flipRadians, use, BLOCK_SECONDS, limits, system);
    }

    /** A rectangular pulse of this length, or longer where the peak amplitude would not do. */
    static Excitation hard(
            double flipRadians, RfUse use, double usualSeconds, SystemLimits limits, GradientSystem system) {
        Grid grid = system.grid();
        PulseShape shape = PulseShape.block(flipRadians);
        double forPeak = shape.shortestSeconds(limits.rfPeakHertz() * SHARE_OF_PEAK);
        long duration = even(Math.max(usualSeconds, forPeak), grid);
        Shape times = new Shape(0, (double) (duration / grid.rasters().rfPs()));
        RfPulse pulse = new RfPulse(
                shape.peakHertz(duration * 1e-12),
                new Shape(1, 1),
                null,
                times,
                duration * 0.5e-12,
                grid.up(Rasters.ps(limits.rfDeadSeconds())),
                0,
                0,
                0,
                0,
                use);
        return block(pulse, duration, 0, limits, system);
    }

    private static Excitation block(
            PulseShape shape,
            long duration,
            double hertzPerMeter,
            RfUse use,
            SystemLimits limits,
            GradientSystem system) {
        Grid grid = system.grid();
        long ramp = hertzPerMeter == 0 ? 0 : system.rampPs(hertzPerMeter);
        long delay = grid.up(Math.max(Rasters.ps(limits.rfDeadSeconds()), ramp));
        long raster = grid.rasters().rfPs();
        RfPulse pulse = shape.pulse((int) (duration / raster), raster, delay, use);
        return block(pulse, duration, hertzPerMeter, limits, system);
    }

    /** @param pulse delayed by at least the gradient's ramp */
    private static Excitation block(
            RfPulse pulse, long duration, double hertzPerMeter, SystemLimits limits, GradientSystem system) {
        long ramp = hertzPerMeter == 0 ? 0 : system.rampPs(hertzPerMeter);
        long delay = pulse.delayPs();
        long end = system.grid().up(delay + duration + Math.max(Rasters.ps(limits.rfRingdownSeconds()), ramp));
        Gradient.Trapezoid gradient = hertzPerMeter == 0 ? null : system.flatTop(hertzPerMeter, duration, delay - ramp);
        long lead = delay + duration / 2;
        return new Excitation(
                pulse,
                gradient,
                hertzPerMeter,
                duration,
                lead,
                end - lead,
                hertzPerMeter * ((duration + 0.5 * ramp) * 1e-12 - pulse.centerSeconds()));
    }

    /** Rounded up so that half of it is on the grid. */
    private static long even(double seconds, Grid grid) {
        return 2 * grid.up(seconds / 2);
    }

    long blockPs() {
        return leadPs + tailPs;
    }

    /** The same pulse with lead and tail from the point of the grid nearest to its effective centre, not from its middle. */
    Excitation fromEffectiveCenter(Grid grid) {
        long center = grid.down(envelope.delayPs() + Rasters.ps(envelope.centerSeconds()) + grid.stepPs() / 2);
        return new Excitation(
                envelope, gradient, hertzPerMeter, durationPs, center, blockPs() - center, halfAreaPerMeter);
    }

    /** From the block's start to the effective centre of the same pulse run backwards, which is that of a symmetric one's mirror. */
    long mirroredLeadPs() {
        return 2 * envelope.delayPs() + durationPs - leadPs;
    }

    /** ∫g² of the gradient from the pulse's effective centre to its end, in Hz²·s/m². */
    double halfEnergy() {
        return gradient == null
                ? 0
                : hertzPerMeter * (halfAreaPerMeter - hertzPerMeter * gradient.fallPs() * 1e-12 / 6);
    }

    /** The same pulse for another use. */
    Excitation usedFor(RfUse use) {
        return withEnvelope(envelope.amplitudeHertz(), use);
    }

    /** The same pulse with this share of its amplitude: what turns less, at the same time. */
    Excitation weakened(double share) {
        return withEnvelope(share * envelope.amplitudeHertz(), envelope.use());
    }

    private Excitation withEnvelope(double amplitudeHertz, RfUse use) {
        RfPulse pulse = new RfPulse(
                amplitudeHertz,
                envelope.magnitude(),
                envelope.phaseCycles(),
                envelope.timeRaster(),
                envelope.centerSeconds(),
                envelope.delayPs(),
                0,
                0,
                0,
                0,
                use);
        return new Excitation(pulse, gradient, hertzPerMeter, durationPs, leadPs, tailPs, halfAreaPerMeter);
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
