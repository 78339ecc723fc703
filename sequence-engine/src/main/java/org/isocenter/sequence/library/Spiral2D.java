package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;

/** Interleaved spirals of uniform or variable density. */
public final class Spiral2D extends LibrarySequence {
    public Spiral2D() {
        super(
                SequenceFamily.NON_CARTESIAN,
                "spiral2d",
                "2D spiral gradient echo",
                "Spoiled gradient echo along spirals: few, long readouts; the centre of k-space right after the pulse");
    }

    @Override
    List<ParameterSpec> nominal() {
        List<ParameterSpec> specs = StandardParameters.turnedStack(
                0.22,
                96,
                3,
                StandardParameters.repetitionTime(0.1),
                StandardParameters.echoTime(4e-3),
                StandardParameters.flipAngle(40),
                StandardParameters.dummies(8),
                ParameterSpec.count(
                        "interleaves",
                        "Interleaves",
                        Group.GEOMETRY,
                        1,
                        512,
                        24,
                        0,
                        "Arms of the spiral: more are shorter each, which blurs less off resonance"),
                ParameterSpec.quantity(
                        "edgeDensity",
                        "Density at the edge",
                        Group.GEOMETRY,
                        Unit.PERCENT,
                        0.2,
                        1,
                        1,
                        0,
                        "Density of the turns at the edge of k-space, of that at its centre: less is faster, and aliases"));
        specs.replaceAll(spec -> spec.name().equals("BW") ? StandardParameters.bandwidth(80e3) : spec);
        return specs;
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        EncodingGeometry geometry = Placement.of(protocol);
        GradientSystem system = GradientSystem.turningInPlane(limits, geometry.rotation());
        Excitation excitation = Excitation.slice(
                protocol.number("FA"),
                RfUse.EXCITATION,
                GradientEcho2D.TIME_BANDWIDTH,
                protocol.number("thickness"),
                "thickness",
                limits,
                system,
                problems);
        Shot shot = problems.none() ? SpiralShot.plan(protocol, limits, system, excitation, problems) : null;
        if (shot == null) {
            return null;
        }
        int interleaves = protocol.count("interleaves");
        List<TurnedShots.View> views = new ArrayList<>();
        for (int i = 0; i < interleaves; i++) {
            views.add(new TurnedShots.View(Rotation.about(Vec3.Z, 2 * Math.PI * i / interleaves), shot));
        }
        TurnedShots.Target target = TurnedShots.Target.stack(protocol, Encoding.Trajectory.SPIRAL);
        return TurnedShots.plan(protocol, limits, system, target, views, problems);
    }
}
