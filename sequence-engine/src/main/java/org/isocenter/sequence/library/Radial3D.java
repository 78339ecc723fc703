package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.GradientSystem;
import org.isocenter.sequence.design.SpokeOrder;

/** Radial 3D gradient echo: whole spokes in all directions, without slice selection. */
public final class Radial3D extends LibrarySequence {
    public Radial3D() {
        super(
                SequenceFamily.NON_CARTESIAN,
                "radial3d",
                "3D radial gradient echo",
                "Spoiled gradient echo along spokes in all directions: cubic voxels, hard pulse, robust to motion");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.turnedCube(
                0.24,
                48,
                StandardParameters.repetitionTime(20e-3),
                StandardParameters.echoTime(4e-3),
                StandardParameters.flipAngle(15),
                StandardParameters.dummies(100),
                StandardParameters.spokes(2500, "about the matrix squared fills k-space, fewer streak"),
                StandardParameters.spokeOrder(SpokeOrder.OverSphere.labels()));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        GradientSystem system = GradientSystem.turningAnywhere(limits);
        Excitation excitation = Excitation.hard(protocol.number("FA"), RfUse.EXCITATION, limits, system);
        FrequencyEncoding readout = FrequencyEncoding.plan(protocol, limits, system, problems);
        if (!problems.none()) {
            return null;
        }
        Shot shot = new SpokeShot(protocol, limits, system, excitation, readout, problems);
        return TurnedShots.plan(
                protocol,
                limits,
                system,
                TurnedShots.Target.cube(protocol),
                TurnedShots.overSphere(protocol, shot, true),
                problems);
    }
}
