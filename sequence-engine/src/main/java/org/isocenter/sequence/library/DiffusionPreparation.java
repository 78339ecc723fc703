package org.isocenter.sequence.library;

import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.Shape;
import org.isocenter.sequence.design.DiffusionLobes;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.Lobe;

/**
 * Weights the longitudinal magnetisation of a slice by diffusion: a spin echo between diffusion lobes, turned back to z (or
 * to -z) where it forms, and what is left of it spoiled. Symmetric about the refocusing pulse.
 *
 * <pre>
 * 90° ▏rephase ▏lobe ▏crusher ▏180° ▏crusher ▏lobe ▏prephase ▏-90° ▏spoiler
 * </pre>
 *
 * @param halfPs from the excitation's centre to the refocusing pulse's, and on to that of the pulse that turns back
 */
record DiffusionPreparation(
        Excitation excitation,
        Excitation refocusing,
        DiffusionLobes lobes,
        Lobe rephaseLobe,
        Lobe crusherLobe,
        double crusherPerMeter,
        Lobe spoilLobe,
        double spoilPerMeter,
        long halfPs) {
    private static final double CRUSHER_CYCLES = 4;
    private static final double SPOILER_CYCLES = 10;
    private static final double LONGEST_HALF_SECONDS = 1;

    /** Blames TEprep when it is too short for the b-value; the result is then that of the shortest. */
    static DiffusionPreparation plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            double depthMeters,
            Excitation excitation,
            Excitation refocusing,
            double largestB,
            Problems problems) {
        Grid grid = system.grid();
        double crusher = CRUSHER_CYCLES / depthMeters;
        double spoil = SPOILER_CYCLES / depthMeters;
        Lobe rephase = system.shortest(excitation.halfAreaPerMeter());
        Lobe crush = system.shortest(crusher);
        long before = excitation.tailPs() + rephase.durationPs() + crush.durationPs() + refocusing.leadPs();
        long after = refocusing.tailPs() + crush.durationPs() + rephase.durationPs() + excitation.leadPs();
        long taken = Math.max(before, after);
        long apart = refocusing.tailPs() + crush.durationPs() - excitation.tailPs() - rephase.durationPs();
        double strongest = limits.gradientHertzPerMeter();
        long ramp = grid.up(strongest / limits.slewHertzPerMeterPerSecond());
        long least = DiffusionLobes.shortest(
                half -> DiffusionLobes.filling(half - taken, half + apart, ramp),
                taken,
                Rasters.ps(LONGEST_HALF_SECONDS),
                strongest,
                largestB,
                grid);
        double wanted = protocol.number("TEprep");
        if (wanted > 0) {
            problems.atLeast(
                    "TEprep",
                    2 * least * 1e-12,
                    1e-5,
                    "twice pulses and crushers " + Timing.ms(taken) + " + diffusion lobes of "
                            + Timing.ms(least - taken)
                            + " with " + Excitation.milliTesla(strongest, limits) + " for "
                            + Unit.SECOND_PER_SQUARE_METER.display(largestB));
        }
        long half = Math.max(least, grid.down(Rasters.ps(wanted) / 2 + grid.stepPs() / 2));
        return new DiffusionPreparation(
                excitation,
                refocusing,
                DiffusionLobes.filling(half - taken, half + apart, ramp),
                rephase,
                crush,
                crusher,
                system.shortest(spoil),
                spoil,
                half);
    }

    /** The same pulse with the opposite phase. */
    static Excitation opposite(Excitation pulse) {
        RfPulse e = pulse.envelope();
        double[] cycles = new double[e.magnitude().length()];
        for (int i = 0; i < cycles.length; i++) {
            double phase = 0.5 + (e.phaseCycles() == null ? 0 : e.phaseCycles().at(i));
            cycles[i] = phase >= 1 ? phase - 1 : phase;
        }
        RfPulse turned = new RfPulse(
                e.amplitudeHertz(),
                e.magnitude(),
                new Shape(cycles),
                e.timeRaster(),
                e.centerSeconds(),
                e.delayPs(),
                e.frequencyPpm(),
                e.phasePpm(),
                e.frequencyHertz(),
                e.phaseRadians(),
                e.use());
        return new Excitation(
                turned,
                pulse.gradient(),
                pulse.hertzPerMeter(),
                pulse.durationPs(),
                pulse.leadPs(),
                pulse.tailPs(),
                pulse.halfAreaPerMeter());
    }

    double echoSeconds() {
        return 2e-12 * halfPs;
    }

    long durationPs() {
        return excitation.leadPs() + 2 * halfPs + excitation.tailPs() + spoilLobe.durationPs();
    }

    /** How long the transmitter is on. */
    long onPs() {
        return 2 * excitation.durationPs() + refocusing.durationPs();
    }

    /** @param downward whether the magnetisation is stored along -z */
    void write(PlanWriter writer, EncodingGeometry geometry, Diffusion weighting, boolean downward) {
        writer.at(geometry);
        double offset = Placement.logicalCenter(geometry).z();
        double rephase = -excitation.halfAreaPerMeter();
        double amplitude = lobes.amplitudeHertzPerMeter(weighting.secondsPerSquareMeter());
        Vec3 vector = weighting.direction().scaled(amplitude);
        long beforePs =
                halfPs - excitation.tailPs() - rephaseLobe.durationPs() - lobes.durationPs() - refocusing.leadPs();
        long afterPs =
                halfPs - refocusing.tailPs() - crusherLobe.durationPs() - lobes.durationPs() - excitation.leadPs();

        writer.block(excitation.blockPs(), excitation.pulse(offset, 0), null, null, excitation.gradient());
        writer.block(rephaseLobe.durationPs(), null, null, null, rephaseLobe.of(rephase));
        lobe(writer, vector);
        writer.block(beforePs, null, null, null, crusherLobe.of(crusherPerMeter));
        writer.block(refocusing.blockPs(), refocusing.pulse(offset, Math.PI / 2), null, null, refocusing.gradient());
        writer.block(crusherLobe.durationPs(), null, null, null, crusherLobe.of(crusherPerMeter));
        lobe(writer, vector);
        writer.block(afterPs, null, null, null, rephaseLobe.of(rephase));
        RfPulse back = excitation.usedFor(RfUse.PREPARATION).pulse(offset, downward ? 0 : Math.PI);
        writer.block(excitation.blockPs(), back, null, null, excitation.gradient());
        writer.block(spoilLobe.durationPs(), null, null, null, spoilLobe.of(spoilPerMeter));
    }

    private void lobe(PlanWriter writer, Vec3 vector) {
        writer.block(lobes.durationPs(), null, lobes.lobe(vector.x()), lobes.lobe(vector.y()), lobes.lobe(vector.z()));
    }
}
