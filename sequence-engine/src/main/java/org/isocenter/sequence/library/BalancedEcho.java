package org.isocenter.sequence.library;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Grid;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.LineSampling;
import org.isocenter.sequence.design.LineSampling.View;
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.ViewOrder;

/**
 * A balanced steady state (bSSFP): pulses of alternating phase, every gradient's moment zero over TR, the echo in its middle.
 * Half a flip angle half a TR before the first pulse starts the steady state (Deimling and Heid 1994). Slices come one after
 * the other, each with its own start and a spoiler at its end.
 *
 * <pre>
 *        α/2       α                    -α
 *  slice ▁█▁ ▂back ▁█▁ ▂back+kz ...... -kz▂back ▁█▁ ...
 *  read                ▂half ▂readout▂ ▂half
 *        |-- TR/2 --|---- TR/2 ----|---- TR/2 ----|
 * </pre>
 */
final class BalancedEcho implements Kernel {
    private static final double SPOILER_CYCLES = 4;

    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Volume volume;
    private final Excitation start;
    private final Excitation excitation;
    private final FrequencyEncoding readout;
    private final LineSampling sampling;
    private final LineOrder order;
    private final Lobe readLobe;
    private final Lobe phaseLobe;
    private final Lobe sliceLobe;
    private final Lobe startLobe;
    private final Lobe spoilLobe;
    private final long prephasePs;
    private final long rewindPs;
    private final long startGapPs;
    private final long repetitionPs;

    /** Null when {@code problems} tell why not. */
    static BalancedEcho plan(
            Protocol protocol,
            SystemLimits limits,
            Volume volume,
            double timeBandwidth,
            String thicknessParameter,
            Problems problems) {
        GradientSystem system = LibrarySequence.gradientSystem(limits, List.of(Placement.of(protocol)));
        Excitation excitation = excitation(
                protocol, 1, RfUse.EXCITATION, limits, system, volume, timeBandwidth, thicknessParameter, problems);
        Excitation start = excitation(
                protocol, 0.5, RfUse.PREPARATION, limits, system, volume, timeBandwidth, thicknessParameter, problems);
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        if (!problems.none()) {
            return null;
        }
        BalancedEcho planned = new BalancedEcho(protocol, limits, system, volume, start, excitation, readout, problems);
        return problems.none() ? planned : null;
    }

    private static Excitation excitation(
            Protocol protocol,
            double share,
            RfUse use,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            double timeBandwidth,
            String thicknessParameter,
            Problems problems) {
        return Excitation.slice(
                Excitation.shape(protocol, share * protocol.number("FA"), use, timeBandwidth),
                use,
                volume.fov().z(),
                thicknessParameter,
                limits,
                system,
                problems);
    }

    private BalancedEcho(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Volume volume,
            Excitation start,
            Excitation excitation,
            FrequencyEncoding readout,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.volume = volume;
        this.start = start;
        this.excitation = excitation;
        this.readout = readout;
        Grid grid = system.grid();
        sampling = Sampling.of(protocol, limits, volume, problems);
        order = Sampling.order(protocol);

        double toCenter = readout.areaToCenterPerMeter(readout.middleShiftPs());
        readLobe = system.shortest(Math.max(toCenter, readout.gradient().areaPerMeter() - toCenter));
        phaseLobe = system.shortest(volume.largestKPhasePerMeter());
        sliceLobe = system.shortest(excitation.halfAreaPerMeter() + volume.largestKSlicePerMeter());
        startLobe = system.shortest(start.halfAreaPerMeter() + excitation.halfAreaPerMeter());
        spoilLobe = system.shortest(SPOILER_CYCLES / volume.voxelDepthMeters());

        long encode = Math.max(readLobe.durationPs(), Math.max(phaseLobe.durationPs(), sliceLobe.durationPs()));
        long toEcho = excitation.tailPs() + encode + readout.halfPs();
        long fromEcho = readout.halfPs() + encode + excitation.leadPs();
        long fromStart = start.tailPs() + startLobe.durationPs() + excitation.leadPs();
        long shortestHalf = Math.max(fromStart, Math.max(toEcho, fromEcho));
        problems.atLeast(
                "TR",
                2 * shortestHalf * 1e-12,
                1e-5,
                shortestHalf == fromStart
                        ? "twice the start-up pulse to the first excitation, " + Timing.ms(fromStart)
                        : "the excitation " + Timing.ms(excitation.blockPs()) + " + encoding and rewinding "
                                + Timing.ms(2 * encode) + " + the readout " + Timing.ms(readout.blockPs()));
        long half = Math.max(shortestHalf, grid.down(Rasters.ps(protocol.number("TR")) / 2 + grid.stepPs() / 4));
        repetitionPs = 2 * half;
        prephasePs = half - excitation.tailPs() - readout.halfPs();
        rewindPs = half - readout.halfPs() - excitation.leadPs();
        startGapPs = half - start.tailPs() - excitation.leadPs();

        // A second with the start-up pulse has one pulse more: its share of every TR, with room for a longer one.
        long startShare = (long) (1.2e-12 * repetitionPs * start.durationPs());
        Timing.duty(protocol, "TR", 1, excitation.durationPs() + startShare, limits, grid, problems);
        double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
        Timing.offset(protocol, stack.slice(), stack, reach, excitation.hertzPerMeter(), limits, problems);
        double readGradient = readout.gradient().amplitudeHertzPerMeter();
        Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
        Timing.readouts((long) volume.slices() * sampling.count() * protocol.count("averages"), problems);
    }

    private long repetitions() {
        return protocol.count("dummies") + (long) sampling.count() * protocol.count("averages");
    }

    private long slicePs() {
        return start.blockPs() + startGapPs + repetitions() * repetitionPs + spoilLobe.durationPs();
    }

    @Override
    public double durationSeconds() {
        return volume.slices() * slicePs() * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        for (int slice : ViewOrder.interleaved(volume.slices())) {
            slice(writer, slice);
        }
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("GR"),
                List.of("SS"),
                protocol.has("partitions") ? "3D" : "2D",
                repetitionPs * 1e-12,
                List.of(echoSeconds()),
                Double.NaN,
                protocol.number("FA"),
                1,
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                readout.dwellPs() * 1e-12);
        return writer.finish(
                List.of(volume.encoding(sampling, protocol.count("averages"), 1, 1)), parameters, List.of(banding()));
    }

    /** The middle of TR, to within the raster on which windows start. */
    private double echoSeconds() {
        return 1e-12
                * (excitation.tailPs()
                        + prephasePs
                        + readout.earliestPs()
                        + readout.middleShiftPs()
                        + readout.centerPs());
    }

    private String banding() {
        return String.format(
                Locale.ROOT,
                "Dark bands come where the field is off by an odd multiple of %.0f Hz, 1/(2·TR): shim to less, or"
                        + " shorten TR.",
                0.5e12 / repetitionPs);
    }

    private void slice(PlanWriter writer, int slice) {
        EncodingGeometry geometry = Placement.slice(stack, slice, volume.slices(), volume.spacingMeters());
        writer.at(geometry);
        double offset = Placement.logicalCenter(geometry).z();
        writer.block(start.blockPs(), start.pulse(offset, Math.PI), null, null, start.gradient());
        double back = -start.halfAreaPerMeter() - excitation.halfAreaPerMeter();
        writer.block(startGapPs, null, null, null, startLobe.of(back));
        long number = 0;
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            repetition(writer, geometry, null, null, number++);
        }
        for (int average = 0; average < protocol.count("averages"); average++) {
            for (View view : sampling.views(order, LineOrder.LINEAR)) {
                EncodingCounters counters =
                        new EncodingCounters(view.line(), view.partition(), average, slice, 0, 0, 0, 0, 0);
                repetition(writer, geometry, view, counters, number++);
            }
        }
        double spoil = SPOILER_CYCLES / volume.voxelDepthMeters();
        writer.block(spoilLobe.durationPs(), null, null, null, spoilLobe.of(spoil));
    }

    /** @param view null for a dummy */
    private void repetition(
            PlanWriter writer, EncodingGeometry geometry, View view, EncodingCounters counters, long number) {
        Vec3 center = Placement.logicalCenter(geometry);
        double rfPhase = number % 2 == 0 ? 0 : Math.PI;
        double kPhase = view == null ? 0 : volume.kPhasePerMeter(view.line());
        double kSlice = view == null ? 0 : volume.kSlicePerMeter(view.partition());
        double toCenter = readout.areaToCenterPerMeter(readout.middleShiftPs());
        writer.block(excitation.blockPs(), excitation.pulse(center.z(), rfPhase), null, null, excitation.gradient());
        writer.block(
                prephasePs,
                null,
                readLobe.of(-toCenter),
                phaseLobe.of(kPhase),
                sliceLobe.of(kSlice - excitation.halfAreaPerMeter()));
        if (view == null) {
            writer.block(readout.blockPs(), null, readout.gradient(), null, null);
        } else {
            double phase = rfPhase + 2 * Math.PI * (kPhase * center.y() + kSlice * center.z());
            Adc window = readout.window(readout.middleShiftPs(), center.x(), phase);
            writer.readout(
                    readout.blockPs(),
                    readout.gradient(),
                    null,
                    null,
                    window,
                    readout.centerSample(),
                    0,
                    counters,
                    view.flags());
        }
        writer.block(
                rewindPs,
                null,
                readLobe.of(toCenter - readout.gradient().areaPerMeter()),
                phaseLobe.of(-kPhase),
                sliceLobe.of(-kSlice - excitation.halfAreaPerMeter()));
    }
}
