package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.SpokeOrder;

/** Zero echo time by pointwise encoding with radial acquisition. */
public final class Petra extends LibrarySequence {
    public Petra() {
        super(
                SequenceFamily.NON_CARTESIAN,
                "petra",
                "3D zero echo time (PETRA)",
                "Half spokes with the gradient on during the pulse, and the middle point by point: the shortest echo time");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.turnedCube(
                0.24,
                48,
                StandardParameters.repetitionTime(5e-3),
                StandardParameters.flipAngle(5),
                StandardParameters.dummies(250),
                StandardParameters.spokes(5000, "about twice the matrix squared fills k-space, fewer streak"),
                StandardParameters.spokeOrder(SpokeOrder.OverSphere.labels()));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.turningAnywhere(limits);
        ZeroEchoShots shots = ZeroEchoShots.plan(protocol, limits, system, problems);
        if (shots == null) {
            return null;
        }
        TurnedShots.Target target = TurnedShots.Target.cube(protocol);
        return TurnedShots.plan(protocol, limits, system, target, shots.views(), problems);
    }
}
