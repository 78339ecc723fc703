package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
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
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.Pulses;
import org.isocenter.sequence.design.ViewOrder;

/**
 * A spoiled gradient echo: excitation, prephasing of all axes at once, readout, rewinding of phase and partition with a
 * spoiler of four cycles across the voxel on slice; RF phase quadratic in steps of 117°. Stacks come one after the other,
 * the slices of a stack interleaved in TR.
 */
final class GradientEcho implements Kernel {
    private static final double SPOILER_CYCLES = 4;

    private final Protocol protocol;
    private final SystemLimits limits;
    private final List<EncodingGeometry> stacks;
    private final Volume volume;
    private final Excitation excitation;
    private final FrequencyEncoding readout;
    private final long shiftPs;
    private final long prephasePs;
    private final long repetitionPs;
    private final long partPs;
    private final double spoilPerMeter;
    private final Lobe readLobe;
    private final Lobe phaseLobe;
    private final Lobe rephaseLobe;
    private final Lobe spoilLobe;

    /** Null when {@code problems} tell why not. */
    static GradientEcho plan(
            Protocol protocol,
            SystemLimits limits,
            List<EncodingGeometry> stacks,
            Volume volume,
            double timeBandwidth,
            String thicknessParameter,
            Problems problems) {
        GradientSystem system = LibrarySequence.gradientSystem(limits, stacks);
        Excitation excitation = Excitation.slice(
                protocol.number("FA"),
                RfUse.EXCITATION,
                timeBandwidth,
                volume.fov().z(),
                thicknessParameter,
                limits,
                system,
                problems);
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        if (!problems.none()) {
            return null;
        }
        GradientEcho planned =
                new GradientEcho(protocol, limits, system, stacks, volume, excitation, readout, problems);
        return problems.none() ? planned : null;
    }

    private GradientEcho(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            List<EncodingGeometry> stacks,
            Volume volume,
            Excitation excitation,
            FrequencyEncoding readout,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stacks = stacks;
        this.volume = volume;
        this.excitation = excitation;
        this.readout = readout;

        spoilPerMeter = SPOILER_CYCLES / volume.voxelDepthMeters();
        readLobe = system.shortest(readout.areaToCenterPerMeter(system.grid().stepPs()));
        phaseLobe = system.shortest(volume.largestKPhasePerMeter());
        rephaseLobe = system.shortest(excitation.halfAreaPerMeter() + volume.largestKSlicePerMeter());
        spoilLobe = system.shortest(spoilPerMeter + volume.largestKSlicePerMeter());
        long shortestPrephase =
                Math.max(readLobe.durationPs(), Math.max(phaseLobe.durationPs(), rephaseLobe.durationPs()));

        long toWindow = readout.earliestPs() + readout.centerPs();
        long echoPs = excitation.tailPs() + shortestPrephase + toWindow;
        problems.atLeast(
                "TE",
                echoPs * 1e-12,
                1e-5,
                "half the excitation " + Timing.ms(excitation.tailPs()) + " + prephasing " + Timing.ms(shortestPrephase)
                        + " + half the readout " + Timing.ms(toWindow));
        long available = Math.max(shortestPrephase, Rasters.ps(protocol.number("TE")) - excitation.tailPs() - toWindow);
        prephasePs = system.grid().down(available);
        shiftPs = system.grid().nearestRf(available - prephasePs);

        long slotPs = excitation.blockPs()
                + prephasePs
                + readout.blockPs()
                + Math.max(spoilLobe.durationPs(), phaseLobe.durationPs());
        repetitionPs = system.grid().down(Rasters.ps(protocol.number("TR")));
        partPs = system.grid().down(repetitionPs / volume.slices());
        Timing.repetition(protocol, volume.slices(), slotPs, excitation.durationPs(), limits, system.grid(), problems);
        for (EncodingGeometry stack : stacks) {
            double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
            Timing.offset(protocol, stack.slice(), stack, reach, excitation.hertzPerMeter(), limits, problems);
            double readGradient = readout.gradient().amplitudeHertzPerMeter();
            Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
        }
        Timing.readouts(readouts(), problems);
    }

    private long readouts() {
        return (long) stacks.size()
                * volume.slices()
                * volume.lines()
                * volume.partitions()
                * protocol.count("averages");
    }

    private long repetitions() {
        return stacks.size()
                * (protocol.count("dummies")
                        + (long) volume.lines() * volume.partitions() * protocol.count("averages"));
    }

    @Override
    public double durationSeconds() {
        return repetitions() * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        List<Encoding> encodings = new ArrayList<>();
        for (int space = 0; space < stacks.size(); space++) {
            encodings.add(volume.encoding(protocol.count("averages"), 1));
            stack(writer, space);
        }
        boolean is3D = volume.partitions() > 1 || protocol.has("partitions");
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("GR"),
                List.of("SP"),
                is3D ? "3D" : "2D",
                repetitionPs * 1e-12,
                List.of(protocol.number("TE")),
                Double.NaN,
                protocol.number("FA"),
                1,
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                readout.dwellPs() * 1e-12);
        return writer.finish(encodings, parameters, List.of());
    }

    private void stack(PlanWriter writer, int space) {
        long repetition = 0;
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            repetition(writer, space, repetition++, -1, 0, 0);
        }
        for (int average = 0; average < protocol.count("averages"); average++) {
            for (int partition = 0; partition < volume.partitions(); partition++) {
                for (int line = 0; line < volume.lines(); line++) {
                    repetition(writer, space, repetition++, line, partition, average);
                }
            }
        }
    }

    /** @param line -1 for a dummy */
    private void repetition(PlanWriter writer, int space, long number, int line, int partition, int average) {
        long leftPs = repetitionPs;
        int[] order = ViewOrder.interleaved(volume.slices());
        for (int i = 0; i < order.length; i++) {
            long lengthPs = i == order.length - 1 ? leftPs : partPs;
            leftPs -= lengthPs;
            EncodingGeometry geometry =
                    Placement.slice(stacks.get(space), order[i], volume.slices(), volume.spacingMeters());
            EncodingCounters counters =
                    line < 0 ? null : new EncodingCounters(line, partition, average, order[i], 0, 0, 0, 0, 0);
            slice(writer, space, geometry, counters, Pulses.spoilingPhaseRadians(number), lengthPs);
        }
    }

    /** @param counters null for a dummy */
    private void slice(
            PlanWriter writer,
            int space,
            EncodingGeometry geometry,
            EncodingCounters counters,
            double rfPhase,
            long lengthPs) {
        writer.at(geometry);
        Vec3 center = Placement.logicalCenter(geometry);
        double kPhase = counters == null ? 0 : volume.kPhasePerMeter(counters.step1());
        double kSlice = counters == null ? 0 : volume.kSlicePerMeter(counters.step2());
        writer.block(excitation.blockPs(), excitation.pulse(center.z(), rfPhase), null, null, excitation.gradient());
        writer.block(
                prephasePs,
                null,
                readLobe.of(-readout.areaToCenterPerMeter(shiftPs)),
                phaseLobe.of(kPhase),
                rephaseLobe.of(kSlice - excitation.halfAreaPerMeter()));
        if (counters == null) {
            writer.block(readout.blockPs(), null, readout.gradient(), null, null);
        } else {
            double phase = rfPhase + 2 * Math.PI * (kPhase * center.y() + kSlice * center.z());
            Adc window = readout.window(shiftPs, center.x(), phase);
            writer.readout(readout.blockPs(), readout.gradient(), window, readout.samples() / 2, space, counters);
        }
        long restPs = lengthPs - excitation.blockPs() - prephasePs - readout.blockPs();
        writer.block(restPs, null, null, phaseLobe.of(-kPhase), spoilLobe.of(spoilPerMeter - kSlice));
    }
}
