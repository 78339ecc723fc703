package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.PulseShape;
import org.isocenter.sequence.design.ShinnarLeRoux;

/**
 * The sequences that acquire spin echoes: which pulses their parameters ask for. In 2D all pulses select the slice; in 3D the
 * excitation selects the slab, and rectangular pulses refocus and invert.
 */
abstract class SpinEchoSequence extends LibrarySequence {
    static final String TRAIN_SPACING = "Time between the echoes of a train; TE is a multiple of it";

    /** Inversions and saturations reach beyond the edges of the excited slice, or these would keep their magnetisation. */
    private static final double PREPARED_THICKNESS = 1.3;

    private static final double RIPPLE = 0.01;
    /** Refocuses the whole slice alike: a sinc does so in its middle only, and an echo train multiplies what is missing. */
    private static final PulseShape REFOCUSING = designed(ShinnarLeRoux.Purpose.REFOCUSING, Math.PI);

    private static final PulseShape SATURATION = designed(ShinnarLeRoux.Purpose.SATURATION, Math.PI / 2);

    SpinEchoSequence(SequenceFamily family, String name, String title, String description) {
        super(family, name, title, description);
    }

    private static PulseShape designed(ShinnarLeRoux.Purpose purpose, double flipRadians) {
        return ShinnarLeRoux.pulse(
                purpose,
                ShinnarLeRoux.Filter.LEAST_SQUARES,
                flipRadians,
                GradientEcho2D.TIME_BANDWIDTH,
                RIPPLE,
                RIPPLE);
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
        Design design = new Design(volume, slab, limits, system, problems);
        int echoes = echoes(protocol);
        double angle = protocol.has("refocusingAngle") ? protocol.number("refocusingAngle") : Math.PI;
        // A first pulse midway between 90° and 180° brings a train of weak pulses to its steady state at once
        // (Hennig and Scheffler, Magn Reson Med 44:983, 2000).
        double firstAngle = echoes > 1 ? (Math.PI + angle) / 2 : angle;

        Excitation excitation = design.excitation(protocol.number("FA"));
        Excitation first = problems.none() ? design.refocusing(firstAngle) : null;
        Preparation preparation = problems.none() ? preparation(protocol, design) : null;
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

    private static Preparation preparation(Protocol protocol, Design design) {
        if (protocol.has("TI") && protocol.number("TI") > 0) {
            Excitation inversion = design.inversion(protocol);
            return design.problems.none()
                    ? Preparation.plan(protocol, design.system, inversion, design.volume.voxelDepthMeters(), "TI")
                    : null;
        }
        if (protocol.has("TS")) {
            Excitation saturation = design.saturation();
            return design.problems.none()
                    ? Preparation.plan(protocol, design.system, saturation, design.volume.voxelDepthMeters(), "TS")
                    : null;
        }
        return null;
    }

    /** Makes pulses for one volume. */
    private record Design(Volume volume, boolean slab, SystemLimits limits, GradientSystem system, Problems problems) {

        /** Of the slice or slab. */
        Excitation excitation(double flipRadians) {
            double timeBandwidth = slab ? GradientEcho3D.TIME_BANDWIDTH : GradientEcho2D.TIME_BANDWIDTH;
            PulseShape sinc = PulseShape.sinc(flipRadians, timeBandwidth, PulseShape.Window.HANN);
            return select(sinc.effectivelyCentred(), RfUse.EXCITATION, 1).fromEffectiveCenter(system.grid());
        }

        Excitation saturation() {
            return select(SATURATION, RfUse.SATURATION, PREPARED_THICKNESS);
        }

        private Excitation select(PulseShape shape, RfUse use, double widening) {
            String thickness = slab ? "slab" : "thickness";
            return Excitation.slice(shape, use, widening * volume.fov().z(), thickness, limits, system, problems);
        }

        /** Of the slice; in 3D of everything. */
        Excitation refocusing(double flipRadians) {
            return slab
                    ? Excitation.hard(flipRadians, RfUse.REFOCUSING, limits, system)
                    : select(REFOCUSING, RfUse.REFOCUSING, 1).weakened(flipRadians / Math.PI);
        }

        /** Of more than the slice; in 3D of everything. */
        Excitation inversion(Protocol protocol) {
            double thickness = slab ? 0 : PREPARED_THICKNESS * volume.fov().z();
            return Excitation.inversion(protocol, thickness, "thickness", limits, system, problems);
        }
    }
}
