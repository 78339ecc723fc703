package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.LineOrder;

/**
 * The sequences that acquire spin echoes: which pulses their parameters ask for. In 2D all pulses select the slice; in 3D the
 * excitation selects the slab, and rectangular pulses refocus and invert.
 */
abstract class SpinEchoSequence extends LibrarySequence {
    static final String TRAIN_SPACING = "Time between the echoes of a train; TE is a multiple of it";

    /** An inversion must reach beyond the edges of the excited slice, or these keep their full magnetisation. */
    private static final double INVERTED_THICKNESS = 1.3;

    SpinEchoSequence(String name, String title, String description) {
        super(name, title, description);
    }

    /** In which order the lines come in a train; CENTRIC, which leaves TE free, is the default. */
    static ParameterSpec trainOrder() {
        return ParameterSpec.choice(
                        "viewOrder",
                        "View order",
                        Group.TIMING,
                        LineOrder.labels(),
                        "Order of the lines in a train: centric has the centre of k-space at any TE; linear in the middle of"
                                + " the train, in-out first, out-in last")
                .withDefault(LineOrder.CENTRIC.ordinal());
    }

    @Override
    final Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = gradientSystem(limits, List.of(Placement.of(protocol)));
        boolean slab = protocol.has("partitions");
        Volume volume = slab ? Volume.slab(protocol) : Volume.stack(protocol);
        Pulses pulses = new Pulses(volume, slab, limits, system, problems);
        int echoes = echoes(protocol);
        double angle = protocol.has("refocusingAngle") ? protocol.number("refocusingAngle") : Math.PI;
        // A first pulse midway between 90° and 180° brings a train of weak pulses to its steady state at once
        // (Hennig and Scheffler, Magn Reson Med 44:983, 2000).
        double firstAngle = echoes > 1 ? (Math.PI + angle) / 2 : angle;

        Excitation excitation = pulses.selective(protocol.number("FA"), RfUse.EXCITATION, 1);
        Excitation first = problems.none() ? pulses.refocusing(firstAngle) : null;
        Preparation preparation = problems.none() ? preparation(protocol, pulses) : null;
        if (!problems.none()) {
            return null;
        }
        boolean driven = protocol.has("drivenEquilibrium") && protocol.flag("drivenEquilibrium");
        SpinEchoTrain.Parts parts = new SpinEchoTrain.Parts(
                excitation,
                first,
                first.weakened(angle / firstAngle),
                echoes,
                protocol.has("ETL") ? "ESP" : "TE",
                "ESP",
                driven);
        return SpinEchoScan.plan(protocol, limits, system, volume, parts, preparation, problems);
    }

    private static int echoes(Protocol protocol) {
        if (protocol.has("ETL")) {
            return protocol.count("ETL");
        }
        return protocol.has("echoes") ? protocol.count("echoes") : 1;
    }

    private static Preparation preparation(Protocol protocol, Pulses pulses) {
        if (protocol.has("TI") && protocol.number("TI") > 0) {
            Excitation inversion = pulses.inversion(protocol);
            return pulses.problems.none()
                    ? Preparation.plan(protocol, pulses.system, inversion, pulses.volume.voxelDepthMeters(), "TI")
                    : null;
        }
        if (protocol.has("TS")) {
            Excitation saturation = pulses.selective(Math.PI / 2, RfUse.SATURATION, INVERTED_THICKNESS);
            return pulses.problems.none()
                    ? Preparation.plan(protocol, pulses.system, saturation, pulses.volume.voxelDepthMeters(), "TS")
                    : null;
        }
        return null;
    }

    /** Makes pulses for one volume. */
    private record Pulses(Volume volume, boolean slab, SystemLimits limits, GradientSystem system, Problems problems) {

        /** Of the slice or slab, or of {@code widening} times its thickness. */
        Excitation selective(double flipRadians, RfUse use, double widening) {
            return Excitation.slice(
                    flipRadians,
                    use,
                    slab ? GradientEcho3D.TIME_BANDWIDTH : GradientEcho2D.TIME_BANDWIDTH,
                    widening * volume.fov().z(),
                    slab ? "slab" : "thickness",
                    limits,
                    system,
                    problems);
        }

        /** Of the slice; in 3D of everything. */
        Excitation refocusing(double flipRadians) {
            return slab
                    ? Excitation.hard(flipRadians, RfUse.REFOCUSING, limits, system)
                    : selective(flipRadians, RfUse.REFOCUSING, 1);
        }

        /** Of more than the slice; in 3D of everything. */
        Excitation inversion(Protocol protocol) {
            double thickness = slab ? 0 : INVERTED_THICKNESS * volume.fov().z();
            return Excitation.inversion(protocol, thickness, "thickness", limits, system, problems);
        }
    }
}
