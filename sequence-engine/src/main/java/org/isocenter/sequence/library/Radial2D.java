package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Encoding;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.Rotation;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.SpokeOrder;

/** Radial 2D gradient echo: whole spokes through the centre of k-space. */
public final class Radial2D extends LibrarySequence {
    public Radial2D() {
        super(
                SequenceFamily.NON_CARTESIAN,
                "radial2d",
                "2D radial gradient echo",
                "Spoiled gradient echo along spokes: motion blurs instead of ghosting, and any part of a scan is an image");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.turnedStack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(0.1),
                StandardParameters.echoTime(8e-3),
                StandardParameters.flipAngle(40),
                StandardParameters.dummies(8),
                StandardParameters.spokes(201, "π/2 times the matrix fills k-space, fewer streak"),
                StandardParameters.spokeOrder(SpokeOrder.InPlane.labels()));
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
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        if (!problems.none()) {
            return null;
        }
        Shot shot = new SpokeShot(protocol, limits, system, excitation, readout, problems);
        SpokeOrder.InPlane order = SpokeOrder.InPlane.values()[protocol.count("spokeOrder")];
        int spokes = protocol.count("spokes");
        List<TurnedShots.View> views = new ArrayList<>();
        for (int i = 0; i < spokes; i++) {
            views.add(new TurnedShots.View(Rotation.about(Vec3.Z, order.radians(i, spokes)), shot));
        }
        TurnedShots.Target target = TurnedShots.Target.stack(protocol, Encoding.Trajectory.RADIAL);
        return TurnedShots.plan(protocol, limits, system, target, views, problems);
    }
}
