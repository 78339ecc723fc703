package org.isocenter.sequence.library;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Waveform;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.SpiralArm;

/** One arm of a spiral: excitation of a slice, its rephasing, and the arm from the centre outwards with its window. */
final class SpiralShot implements Shot {
    private static final int MOST_SAMPLES = 65535;
    /** Of a sample, between the window's samples and the clock's ticks. */
    private static final double MOST_DRIFT = 0.3;
    /** Of the dwell time, which is half of what the field of view needs. */
    private static final double MOST_STRETCH = 1.6;

    private final Excitation excitation;
    private final Lobe rephaseLobe;
    private final long rephasePs;
    private final Gradient.Uniform read;
    private final Gradient.Uniform phase;
    private final Waveform readWaveform;
    private final Waveform phaseWaveform;
    private final long blockPs;
    private final long windowPs;
    private final long dwellPs;
    private final int samples;
    private final double amplitude;

    /** Blames TE, and interleaves when an arm gets too long. Null then. */
    static SpiralShot plan(
            Protocol protocol, SystemLimits limits, GradientSystem system, Excitation excitation, Problems problems) {
        Grid grid = system.grid();
        long earliest = grid.up(Rasters.ps(limits.adcDeadSeconds()));
        Lobe rephase = system.shortest(excitation.halfAreaPerMeter());
        problems.atLeast(
                "TE",
                (excitation.tailPs() + rephase.durationPs() + earliest) * 1e-12,
                1e-5,
                "half the excitation " + Timing.ms(excitation.tailPs()) + " + rephasing "
                        + Timing.ms(rephase.durationPs()) + " + the receiver's dead time " + Timing.ms(earliest));
        if (!problems.none()) {
            return null;
        }
        long raster = grid.rasters().adcPs();
        int over = FrequencyEncoding.OVERSAMPLING;
        long dwell = Math.max(1, Math.round(1e12 / (over * protocol.number("BW")) / raster)) * raster;
        double fov = protocol.number("FOV");
        double amplitude = Math.min(system.hertzPerMeter(), 1e12 / (over * dwell) / fov);
        double edge = protocol.count("matrix") / (2 * fov);
        SpiralArm arm = SpiralArm.design(
                edge, fov, protocol.number("edgeDensity"), protocol.count("interleaves"), amplitude, system);
        long wanted = dwell;
        dwell = inStep(wanted, raster, arm.reachedPs(), limits.clockHertz());
        if (dwell == 0) {
            problems.add(
                    "BW",
                    "an arm of " + Timing.ms(arm.reachedPs())
                            + " has too many samples to stay in step with the event clock"
                            + " of " + Unit.HERTZ.display(limits.clockHertz()) + " at any dwell time near "
                            + Timing.ms(wanted) + ": choose another bandwidth or more interleaves");
            return null;
        }
        long samples = arm.reachedPs() / dwell;
        if (samples > MOST_SAMPLES || samples < 2) {
            problems.add(
                    "interleaves",
                    "an arm would have " + samples + " samples, and 2 to " + MOST_SAMPLES
                            + " are possible: choose another number of interleaves");
            return null;
        }
        return new SpiralShot(protocol, grid, excitation, rephase, arm, earliest, dwell, (int) samples, amplitude);
    }

    /**
     * The dwell time nearest to the wanted one whose many samples stay in step with the scanner's clock, from half of it to what
     * still samples the field of view a quarter more finely than needed; 0 for none.
     */
    private static long inStep(long wantedPs, long rasterPs, long windowPs, double clockHertz) {
        for (long away = 0; away < wantedPs / 2; away += rasterPs) {
            for (long dwell : new long[] {wantedPs - away, wantedPs + away}) {
                double ticks = dwell * 1e-12 * clockHertz;
                double drift = Math.abs(ticks - Math.rint(ticks)) / ticks * windowPs / dwell;
                if (drift < MOST_DRIFT && dwell <= MOST_STRETCH * wantedPs) {
                    return dwell;
                }
            }
        }
        return 0;
    }

    private SpiralShot(
            Protocol protocol,
            Grid grid,
            Excitation excitation,
            Lobe rephase,
            SpiralArm arm,
            long earliestPs,
            long dwellPs,
            int samples,
            double amplitude) {
        this.excitation = excitation;
        this.rephaseLobe = rephase;
        this.rephasePs = rephase.durationPs();
        this.dwellPs = dwellPs;
        this.samples = samples;
        this.amplitude = amplitude;
        long wanted = Rasters.ps(protocol.number("TE")) - excitation.tailPs() - rephasePs;
        windowPs = Math.max(earliestPs, grid.down(Math.max(0, wanted)));
        read = arm.readGradient(windowPs);
        phase = arm.phaseGradient(windowPs);
        readWaveform = read.held(grid.rasters());
        phaseWaveform = phase.held(grid.rasters());
        blockPs = grid.up(windowPs + arm.durationPs());
    }

    @Override
    public long durationPs() {
        return excitation.blockPs() + rephasePs + blockPs;
    }

    @Override
    public long transmitPs() {
        return excitation.durationPs();
    }

    @Override
    public double echoSeconds() {
        return (excitation.tailPs() + rephasePs + windowPs) * 1e-12;
    }

    @Override
    public double dwellSeconds() {
        return dwellPs * 1e-12;
    }

    @Override
    public double readPerMeter() {
        return readWaveform.areaPerMeter();
    }

    @Override
    public double phasePerMeter() {
        return phaseWaveform.areaPerMeter();
    }

    @Override
    public double sliceHertzPerMeter() {
        return excitation.hertzPerMeter();
    }

    @Override
    public double readHertzPerMeter() {
        return amplitude;
    }

    @Override
    public void write(PlanWriter writer, Place place) {
        writer.at(place.geometry(), place.turn());
        Vec3 center = place.center();
        var pulse = excitation.pulse(center.z(), place.phaseRadians());
        writer.block(excitation.blockPs(), pulse, null, null, excitation.gradient());
        writer.block(rephasePs, null, null, null, rephaseLobe.of(-excitation.halfAreaPerMeter()));
        if (place.counters() == null) {
            writer.block(blockPs, null, read, phase, null);
            return;
        }
        Adc window = new Adc(
                samples,
                dwellPs,
                windowPs,
                0,
                0,
                0,
                Angles.positive(place.phaseRadians()),
                ReceiverPhase.of(readWaveform, phaseWaveform, center, windowPs, dwellPs, samples));
        writer.readout(blockPs, read, phase, null, window, 0, 0, place.counters(), 0);
    }
}
