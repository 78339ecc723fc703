package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.SpokeOrder;

/** Ultrashort echo time: half spokes in all directions, read from k = 0 on while the gradient ramps up. */
public final class UltrashortEcho3D extends LibrarySequence {
    public UltrashortEcho3D() {
        super(
                SequenceFamily.NON_CARTESIAN,
                "ute3d",
                "3D ultrashort echo time",
                "Half spokes in all directions from a hard pulse on: sees tissue whose signal is gone after a millisecond");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.turnedCube(
                0.24,
                48,
                StandardParameters.repetitionTime(12e-3),
                StandardParameters.echoTime(0.1e-3),
                StandardParameters.flipAngle(10),
                StandardParameters.dummies(100),
                StandardParameters.spokes(5000, "about twice the matrix squared fills k-space, fewer streak"),
                StandardParameters.spokeOrder(SpokeOrder.OverSphere.labels()));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.turningAnywhere(limits);
        Shot shot = HalfSpokeShot.plan(protocol, limits, system, problems);
        if (shot == null) {
            return null;
        }
        return TurnedShots.plan(
                protocol,
                limits,
                system,
                TurnedShots.Target.cube(protocol),
                TurnedShots.overSphere(protocol, shot, false),
                problems);
    }
}
