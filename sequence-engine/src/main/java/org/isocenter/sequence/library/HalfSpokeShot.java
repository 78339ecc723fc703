package org.isocenter.sequence.library;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Waveform;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;

/**
 * Half a spoke, read from the centre of k-space outwards while the gradient still ramps up: a hard pulse, and as soon as the
 * receiver can listen, gradient and window begin together. The echo time is that of their beginning.
 */
final class HalfSpokeShot implements Shot {
    private static final double PULSE_SECONDS = 40e-6;

    private final Excitation excitation;
    private final Gradient.Trapezoid gradient;
    private final Waveform waveform;
    private final long blockPs;
    private final long dwellPs;
    private final int samples;

    private HalfSpokeShot(
            Excitation excitation,
            Gradient.Trapezoid gradient,
            Waveform waveform,
            long blockPs,
            long dwellPs,
            int samples) {
        this.excitation = excitation;
        this.gradient = gradient;
        this.waveform = waveform;
        this.blockPs = blockPs;
        this.dwellPs = dwellPs;
        this.samples = samples;
    }

    /** Blames TE, and FOV when the gradient is too weak for it at the wanted bandwidth. Null then. */
    static HalfSpokeShot plan(Protocol protocol, SystemLimits limits, GradientSystem system, Problems problems) {
        Grid grid = system.grid();
        FrequencyEncoding flat = FrequencyEncoding.plan(protocol, limits, system, problems);
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, PULSE_SECONDS, limits, system);
        long earliest = grid.up(Rasters.ps(limits.adcDeadSeconds()));
        problems.atLeast(
                "TE",
                (excitation.tailPs() + earliest) * 1e-12,
                1e-5,
                "half the pulse and its ring-down " + Timing.ms(excitation.tailPs()) + " + the receiver's dead time "
                        + Timing.ms(earliest));
        if (!problems.none()) {
            return null;
        }
        long delay = Math.max(earliest, grid.down(Rasters.ps(protocol.number("TE")) - excitation.tailPs()));
        double amplitude = flat.gradient().amplitudeHertzPerMeter();
        long ramp = system.rampPs(amplitude);
        double edge = protocol.count("matrix") / (2 * protocol.number("FOV"));
        double seconds = edge / amplitude + ramp * 0.5e-12;
        int samples = (int) Math.ceil(seconds * 1e12 / flat.dwellPs()) + 1;
        long flatPs = grid.up(Math.max(0, samples * flat.dwellPs() - ramp));
        Gradient.Trapezoid gradient = system.flatTop(amplitude, flatPs, delay);
        return new HalfSpokeShot(
                excitation,
                gradient,
                gradient.waveform(grid.rasters()),
                delay + flatPs + 2 * ramp,
                flat.dwellPs(),
                samples);
    }

    @Override
    public long durationPs() {
        return excitation.blockPs() + blockPs;
    }

    @Override
    public long transmitPs() {
        return excitation.durationPs();
    }

    @Override
    public double echoSeconds() {
        return (excitation.tailPs() + gradient.delayPs()) * 1e-12;
    }

    @Override
    public double dwellSeconds() {
        return dwellPs * 1e-12;
    }

    @Override
    public double readPerMeter() {
        return gradient.areaPerMeter();
    }

    @Override
    public double phasePerMeter() {
        return 0;
    }

    @Override
    public double sliceHertzPerMeter() {
        return 0;
    }

    @Override
    public double readHertzPerMeter() {
        return gradient.amplitudeHertzPerMeter();
    }

    @Override
    public void write(PlanWriter writer, Place place) {
        writer.at(place.geometry(), place.turn());
        writer.block(excitation.blockPs(), excitation.pulse(0, place.phaseRadians()), null, null, null);
        if (place.counters() == null) {
            writer.block(blockPs, null, gradient, null, null);
            return;
        }
        Adc window = new Adc(
                samples,
                dwellPs,
                gradient.delayPs(),
                0,
                0,
                0,
                Angles.positive(place.phaseRadians()),
                ReceiverPhase.of(waveform, Waveform.ZERO, place.center(), gradient.delayPs(), dwellPs, samples));
        writer.readout(blockPs, gradient, window, 0, 0, place.counters());
    }
}
