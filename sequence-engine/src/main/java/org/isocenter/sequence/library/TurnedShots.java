package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingCounters;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.EncodingLimits;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SequenceParameters;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.SequencePlan;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.Lobe;
import org.isocenter.sequence.design.Pulses;
import org.isocenter.sequence.design.SpokeOrder;
import org.isocenter.sequence.design.ViewOrder;

/**
 * RF-spoiled gradient echoes whose repetitions differ in how they are turned: radial and spiral sequences, of slices or of a
 * volume. Each shot is rewound to the centre of k-space, so that the spoiler of four cycles across the voxel on slice, and
 * the RF phase quadratic in steps of 117°, find the same state whatever its direction. Slices are interleaved in TR.
 */
final class TurnedShots implements Kernel {
    private static final double SPOILER_CYCLES = 4;

    /** A shot and how it is turned within the field of view's axes. */
    record View(Rotation turn, Shot shot) {}

    /**
     * What the shots measure.
     *
     * @param slices 1 for a volume
     * @param depthMeters thickness of a slice, or extent of the volume
     * @param partitions voxels along slice; 1 for slices
     */
    record Target(int slices, double spacingMeters, double depthMeters, int partitions, Encoding.Trajectory kind) {
        static Target stack(Protocol protocol, Encoding.Trajectory kind) {
            double thickness = protocol.number("thickness");
            double spacing = thickness + protocol.number("gap");
            return new Target(protocol.count("slices"), spacing, thickness, 1, kind);
        }

        /** As deep as the field of view is wide, with cubic voxels. */
        static Target cube(Protocol protocol) {
            return new Target(1, 0, protocol.number("FOV"), protocol.count("matrix"), Encoding.Trajectory.RADIAL);
        }

        boolean isVolume() {
            return partitions > 1;
        }
    }

    private final Protocol protocol;
    private final SystemLimits limits;
    private final EncodingGeometry stack;
    private final Target target;
    private final List<View> views;
    private final Lobe rewindLobe;
    private final Lobe spoilLobe;
    private final double spoilPerMeter;
    private final long shotPs;
    private final long repetitionPs;
    private final long partPs;

    /** The same shot in all directions, in the order that the protocol wants. */
    static List<View> overSphere(Protocol protocol, Shot shot, boolean upperHalf) {
        SpokeOrder.OverSphere order = SpokeOrder.OverSphere.values()[protocol.count("spokeOrder")];
        List<View> views = new ArrayList<>();
        for (Vec3 direction : order.directions(protocol.count("spokes"), upperHalf)) {
            views.add(new View(SpokeOrder.toward(direction), shot));
        }
        return views;
    }

    /** All shots last equally long. Null when {@code problems} tell why not. */
    static TurnedShots plan(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Target target,
            List<View> views,
            Problems problems) {
        TurnedShots planned = new TurnedShots(protocol, limits, system, target, views, problems);
        return problems.none() ? planned : null;
    }

    private TurnedShots(
            Protocol protocol,
            SystemLimits limits,
            GradientSystem system,
            Target target,
            List<View> views,
            Problems problems) {
        this.protocol = protocol;
        this.limits = limits;
        this.stack = Placement.of(protocol);
        this.target = target;
        this.views = views;
        double farthest = 0;
        for (View view : views) {
            Shot shot = view.shot();
            farthest = Math.max(farthest, Math.max(Math.abs(shot.readPerMeter()), Math.abs(shot.phasePerMeter())));
        }
        rewindLobe = system.shortest(farthest * (views.get(0).shot().phasePerMeter() == 0 ? 1 : Math.sqrt(2)));
        spoilPerMeter = SPOILER_CYCLES * target.partitions() / target.depthMeters();
        spoilLobe = system.shortest(spoilPerMeter);
        shotPs = views.get(0).shot().durationPs();
        long restPs = target.isVolume()
                ? rewindLobe.durationPs() + spoilLobe.durationPs()
                : Math.max(rewindLobe.durationPs(), spoilLobe.durationPs());
        repetitionPs = system.grid().down(Rasters.ps(protocol.number("TR")));
        partPs = system.grid().down(repetitionPs / target.slices());
        long transmitPs = views.get(0).shot().transmitPs();
        Timing.repetition(protocol, target.slices(), shotPs + restPs, transmitPs, limits, system.grid(), problems);
        checkReach(problems);
        Timing.readouts((long) views.size() * target.slices() * protocol.count("averages"), problems);
    }

    /** A spoke may run along any direction, so the offsets along all axes count. */
    private void checkReach(Problems problems) {
        double across = 0;
        double along = 0;
        for (View view : views) {
            across = Math.max(across, view.shot().readHertzPerMeter());
            along = Math.max(along, view.shot().sliceHertzPerMeter());
        }
        if (along > 0) {
            double reach = (target.slices() - 1) / 2.0 * target.spacingMeters();
            Timing.offset(protocol, stack.slice(), stack, reach, along, limits, problems);
        }
        double diagonal = across * Math.sqrt(target.isVolume() ? 3 : 2);
        Timing.offset(protocol, stack.read(), stack, 0, diagonal, limits, problems);
        Timing.offset(protocol, stack.phase(), stack, 0, diagonal, limits, problems);
        if (target.isVolume()) {
            Timing.offset(protocol, stack.slice(), stack, 0, diagonal, limits, problems);
        }
    }

    @Override
    public double durationSeconds() {
        long repetitions = protocol.count("dummies") + (long) views.size() * protocol.count("averages");
        return repetitions * repetitionPs * 1e-12;
    }

    @Override
    public SequencePlan write(PatientPosition position) {
        PlanWriter writer = new PlanWriter(DesignRasters.of(limits), position);
        long number = 0;
        for (int dummy = 0; dummy < protocol.count("dummies"); dummy++) {
            repetition(writer, number++, 0, -1);
        }
        for (int average = 0; average < protocol.count("averages"); average++) {
            for (int view = 0; view < views.size(); view++) {
                repetition(writer, number++, view, average);
            }
        }
        Shot shot = views.get(0).shot();
        SequenceParameters parameters = new SequenceParameters(
                protocol.sequence(),
                List.of("GR"),
                List.of("SP"),
                target.isVolume() ? "3D" : "2D",
                repetitionPs * 1e-12,
                List.of(shot.echoSeconds()),
                Double.NaN,
                protocol.number("FA"),
                1,
                protocol.count("averages"),
                target.depthMeters() / target.partitions(),
                shot.dwellSeconds());
        return writer.finish(List.of(encoding()), parameters, List.of());
    }

    private Encoding encoding() {
        int matrix = protocol.count("matrix");
        double fov = protocol.number("FOV");
        int over = FrequencyEncoding.OVERSAMPLING;
        return new Encoding(
                over * matrix,
                matrix,
                target.partitions(),
                new Vec3(over * fov, fov, target.depthMeters()),
                matrix,
                matrix,
                target.partitions(),
                new Vec3(fov, fov, target.depthMeters()),
                EncodingLimits.ofCount(views.size()),
                EncodingLimits.NONE,
                target.slices(),
                protocol.count("averages"),
                1,
                1,
                target.slices() > 1 ? target.spacingMeters() : 0,
                target.kind(),
                1);
    }

    /** @param average -1 for a dummy */
    private void repetition(PlanWriter writer, long number, int index, int average) {
        View view = views.get(index);
        double phase = Pulses.spoilingPhaseRadians(number);
        int[] order = ViewOrder.interleaved(target.slices());
        long leftPs = repetitionPs;
        for (int i = 0; i < order.length; i++) {
            long lengthPs = i == order.length - 1 ? leftPs : partPs;
            leftPs -= lengthPs;
            EncodingGeometry geometry = Placement.slice(stack, order[i], target.slices(), target.spacingMeters());
            EncodingCounters counters =
                    average < 0 ? null : new EncodingCounters(index, 0, average, order[i], 0, 0, 0, 0, 0);
            view.shot().write(writer, new Shot.Place(geometry, view.turn(), phase, counters));
            rewindAndSpoil(writer, geometry, view, lengthPs - shotPs);
        }
    }

    private void rewindAndSpoil(PlanWriter writer, EncodingGeometry geometry, View view, long restPs) {
        Shot shot = view.shot();
        writer.at(geometry, view.turn());
        var read = rewindLobe.of(-shot.readPerMeter());
        var phase = rewindLobe.of(-shot.phasePerMeter());
        if (!target.isVolume()) {
            writer.block(restPs, null, read, phase, spoilLobe.of(spoilPerMeter));
            return;
        }
        writer.block(rewindLobe.durationPs(), null, read, phase, null);
        writer.at(geometry);
        writer.block(restPs - rewindLobe.durationPs(), null, null, null, spoilLobe.of(spoilPerMeter));
    }
}
