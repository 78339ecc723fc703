package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.Pulses;
import org.isocenter.sequence.design.ViewOrder;
import org.isocenter.sequence.trajectory.DiffusionWeighting;

/**
 * Echo-planar imaging of a stack of slices, of gradient echoes or spin echoes, in one shot or several interleaved ones, with or
 * without diffusion weighting. The slices are measured in turn within TR; all slices of a shot, then the next shot, average,
 * weighting. Gradient echoes are RF-spoiled. {@link EchoPlanarTiming} shows a shot.
 */
final class EchoPlanar implements Kernel {
    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Volume volume;
    private final Excitation excitation;
    private final Excitation refocusing;
    private final EpiTrain train;
    private final DiffusionScheme scheme;
    private final EchoPlanarTiming timing;
    private final boolean navigated;
    private final double crusherPerMeter;
    private final Lobe spoilLobe;
    private final long repetitionPs;
    private final long partPs;

    static Kernel gradientEcho(Protocol protocol, SystemLimits limits, Problems problems) {
        return plan(protocol, limits, false, DiffusionScheme.NONE, problems);
    }

    static Kernel spinEcho(Protocol protocol, SystemLimits limits, DiffusionScheme scheme, Problems problems) {
        return plan(protocol, limits, true, scheme, problems);
    }

    private static Kernel plan(
            Protocol protocol, SystemLimits limits, boolean refocused, DiffusionScheme scheme, Problems problems) {
        GradientSystem system = LibrarySequence.gradientSystem(limits, List.of(Placement.of(protocol)));
        Volume volume = Volume.stack(protocol);
        Excitation excitation = pulse(protocol.number("FA"), RfUse.EXCITATION, volume, limits, system, problems);
        Excitation refocusing = refocused && problems.none()
                ? pulse(Math.PI, RfUse.REFOCUSING, volume, limits, system, problems)
                : null;
        EpiTrain train = problems.none() ? EpiTrain.plan(protocol, limits, system, volume, problems) : null;
        if (train == null) {
            return null;
        }
        EchoPlanarTiming timing = refocused
                ? EchoPlanarTiming.spinEcho(protocol, limits, system, excitation, refocusing, train, scheme, problems)
                : EchoPlanarTiming.gradientEcho(protocol, system, excitation, train, problems);
        EchoPlanar planned =
                new EchoPlanar(protocol, limits, system, excitation, refocusing, train, scheme, timing, problems);
        return problems.none() ? planned : null;
    }

    private static Excitation pulse(
            double flip, RfUse use, Volume volume, SystemLimits limits, GradientSystem system, Problems problems) {
        return Excitation.slice(
                flip, use, GradientEcho2D.TIME_BANDWIDTH, volume.fov().z(), "thickness", limits, system, problems);
    }

    private EchoPlanar(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Excitation excitation,
            Excitation refocusing,
            EpiTrain train,
            DiffusionScheme scheme,
            EchoPlanarTiming timing,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.volume = train.volume();
        this.excitation = excitation;
        this.refocusing = refocusing;
        this.train = train;
        this.scheme = scheme;
        this.timing = timing;
        navigated = EpiTrain.hasNavigators(protocol);
        crusherPerMeter = EchoPlanarTiming.CRUSHER_CYCLES / volume.voxelDepthMeters();
        spoilLobe = system.shortest(crusherPerMeter);

        int lastShot = train.order().shots() - 1;
        long slotPs = untilTrainPs() + train.shiftPs(lastShot) + train.lengthPs() + endPs();
        long onPs = excitation.durationPs() + (refocusing == null ? 0 : refocusing.durationPs());
        repetitionPs = system.grid().down(Rasters.ps(protocol.number("TR")));
        partPs = system.grid().down(repetitionPs / volume.slices());
        Timing.repetition(protocol, volume.slices(), slotPs, onPs, limits, system.grid(), problems);
        double reach = (volume.slices() - 1) / 2.0 * volume.spacingMeters();
        double sliceGradient =
                Math.max(excitation.hertzPerMeter(), refocusing == null ? 0 : refocusing.hertzPerMeter());
        Timing.offset(protocol, stack.slice(), stack, reach, sliceGradient, limits, problems);
        double readGradient = train.readout().amplitudeHertzPerMeter();
        Timing.offset(protocol, stack.read(), stack, 0, readGradient, limits, problems);
        int lines = volume.lines() - train.order().firstLine();
        Timing.readouts(images() * volume.slices() * lines, problems);
    }

    /** Times that all lines are measured. */
    private long images() {
        return (long) scheme.weightings().size() * protocol.count("averages");
    }

    /** From the start of the excitation's block to that of the first shot's train. */
    private long untilTrainPs() {
        long lobe = timing.lobes() == null ? 0 : timing.lobes().durationPs();
        return excitation.blockPs()
                + timing.firstPs()
                + (navigated ? train.navigatorsPs() : 0)
                + (refocusing == null ? 0 : refocusing.blockPs())
                + timing.crusherBeforePs()
                + timing.crusherAfterPs()
                + 2 * lobe
                + timing.prephasePs();
    }

    private long endPs() {
        return Math.max(spoilLobe.durationPs(), train.phaseLobe().durationPs());
    }

    @Override
    public double durationSeconds() {
        return (protocol.count("dummies") + images() * train.order().shots()) * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        long repetition = 0;
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            repetition(writer, repetition++, 0, 0, -1);
        }
        for (int set = 0; set < scheme.weightings().size(); set++) {
            for (int average = 0; average < protocol.count("averages"); average++) {
                for (int shot = 0; shot < train.order().shots(); shot++) {
                    repetition(writer, repetition++, shot, set, average);
                }
            }
        }
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("EP", refocusing == null ? "GR" : "SE"),
                List.of(train.order().shots() > 1 ? "SK" : "NONE"),
                "2D",
                repetitionPs * 1e-12,
                List.of(echoSeconds()),
                Double.NaN,
                protocol.number("FA"),
                train.order().echoes(),
                protocol.count("averages"),
                volume.voxelDepthMeters(),
                train.readout().dwellPs() * 1e-12,
                scheme.inPatient(stack));
        SequencePlan plan = writer.finish(List.of(train.encoding(protocol)), parameters, List.of());
        return scheme.isWeighted() ? noted(plan) : plan;
    }

    /** From the excitation's centre to the centre of k-space. */
    private double echoSeconds() {
        return (untilTrainPs() - excitation.leadPs() + train.toCenterPs()) * 1e-12;
    }

    /** @param average -1 for a dummy */
    private void repetition(PlanWriter writer, long number, int shot, int set, int average) {
        long leftPs = repetitionPs;
        int[] order = ViewOrder.interleaved(volume.slices());
        for (int i = 0; i < order.length; i++) {
            long lengthPs = i == order.length - 1 ? leftPs : partPs;
            leftPs -= lengthPs;
            EncodingGeometry geometry = Placement.slice(stack, order[i], volume.slices(), volume.spacingMeters());
            writer.at(geometry);
            EncodingCounters counters =
                    average < 0 ? null : new EncodingCounters(0, 0, average, order[i], 0, 0, 0, set, shot);
            Vec3 center = Placement.logicalCenter(geometry);
            double rfPhase = refocusing == null ? Pulses.spoilingPhaseRadians(number) : 0;
            boolean forward;
            if (refocusing == null) {
                forward = gradientEcho(writer, shot, center, rfPhase, counters);
            } else {
                spinEcho(writer, shot, center, scheme.weightings().get(set), counters);
                forward = true;
            }
            train.write(writer, shot, forward, center, rfPhase, counters);
            long restPs = lengthPs - untilTrainPs() - train.shiftPs(shot) - train.lengthPs();
            writer.block(
                    restPs, null, null, train.phaseLobe().of(-train.kOfLastLine(shot)), spoilLobe.of(crusherPerMeter));
        }
    }

    /** @return whether the train starts forward: three navigators leave read at its other end */
    private boolean gradientEcho(PlanWriter writer, int shot, Vec3 center, double rfPhase, EncodingCounters counters) {
        Lobe phase = train.phaseLobe();
        double first = train.kOfFirstLine(shot);
        writer.block(excitation.blockPs(), excitation.pulse(center.z(), rfPhase), null, null, excitation.gradient());
        writer.block(
                timing.firstPs() + (navigated ? 0 : train.shiftPs(shot)),
                null,
                train.readLobe().of(train.prephasePerMeter()),
                navigated ? null : phase.of(first),
                timing.sliceLobe().of(-excitation.halfAreaPerMeter()));
        if (navigated) {
            train.writeNavigators(writer, center, rfPhase, counters);
            writer.block(timing.prephasePs() + train.shiftPs(shot), null, null, phase.of(first), null);
        }
        return !navigated;
    }

    private void spinEcho(PlanWriter writer, int shot, Vec3 center, Diffusion weighting, EncodingCounters counters) {
        Lobe slice = timing.sliceLobe();
        var prephase = train.readLobe().of(train.prephasePerMeter());
        double rephase = -excitation.halfAreaPerMeter();
        writer.block(excitation.blockPs(), excitation.pulse(center.z(), 0), null, null, excitation.gradient());
        if (navigated) {
            writer.block(timing.firstPs(), null, prephase, null, slice.of(rephase));
            train.writeNavigators(writer, center, 0, counters);
        }
        diffusionLobe(writer, weighting);
        writer.block(
                timing.crusherBeforePs(),
                null,
                navigated ? prephase : null,
                null,
                slice.of(crusherPerMeter + (navigated ? 0 : rephase)));
        writer.block(
                refocusing.blockPs(), refocusing.pulse(center.z(), Math.PI / 2), null, null, refocusing.gradient());
        writer.block(timing.crusherAfterPs(), null, null, null, slice.of(crusherPerMeter));
        diffusionLobe(writer, weighting);
        writer.block(
                timing.prephasePs() + train.shiftPs(shot),
                null,
                prephase,
                train.phaseLobe().of(train.kOfFirstLine(shot)),
                null);
    }

    private void diffusionLobe(PlanWriter writer, Diffusion weighting) {
        if (timing.lobes() == null) {
            return;
        }
        double amplitude = timing.lobes().amplitudeHertzPerMeter(weighting.secondsPerSquareMeter());
        Vec3 vector = weighting.direction().scaled(amplitude);
        writer.block(
                timing.lobes().durationPs(),
                null,
                timing.lobes().lobe(vector.x()),
                timing.lobes().lobe(vector.y()),
                timing.lobes().lobe(vector.z()));
    }

    /** Says how far the b-values of all gradients together are from those of the lobes alone, which are the nominal ones. */
    private SequencePlan noted(SequencePlan plan) {
        List<ReadoutHeader> readouts = plan.readouts();
        DiffusionWeighting.BMatrix[] weights = DiffusionWeighting.of(
                plan.sequence(), window -> readouts.get(window).centerSample());
        double most = 0;
        for (ReadoutHeader readout : readouts) {
            boolean central =
                    readout.counters().step1() == volume.lines() / 2 && !readout.has(AcquisitionFlags.PHASE_CORRECTION);
            if (central) {
                double nominal =
                        scheme.weightings().get(readout.counters().set()).secondsPerSquareMeter();
                most = Math.max(most, Math.abs(weights[readout.scanCounter()].trace() - nominal));
            }
        }
        List<String> notes = new ArrayList<>(plan.notes());
        notes.add(String.format(
                Locale.ROOT,
                "b-values are those of the diffusion lobes; with the imaging gradients they differ by up to %.2f s/mm²",
                most * 1e-6));
        return new SequencePlan(plan.sequence(), plan.encodings(), readouts, plan.parameters(), notes);
    }
}
