package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientSystem;

/** 2D spin echo, one echo for each excitation. */
public final class SpinEcho2D extends LibrarySequence {
    public SpinEcho2D() {
        super("se2d", "2D spin echo", "Spin echo: robust slices, contrast by TR and TE");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(0.5),
                StandardParameters.echoTime(20e-3),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(1));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return slices(protocol, limits, 1, "TE", problems);
    }

    /** 2D trains: both pulses select the slice. */
    static Kernel slices(
            Protocol protocol, SystemLimits limits, int echoes, String spacingParameter, Problems problems) {
        GradientSystem system = gradientSystem(limits, List.of(Placement.of(protocol)));
        Volume volume = Volume.stack(protocol);
        Excitation[] pulses = new Excitation[2];
        double[] flips = {protocol.number("FA"), Math.PI};
        RfUse[] uses = {RfUse.EXCITATION, RfUse.REFOCUSING};
        for (int i = 0; i < 2 && problems.none(); i++) {
            pulses[i] = Excitation.slice(
                    flips[i],
                    uses[i],
                    GradientEcho2D.TIME_BANDWIDTH,
                    volume.fov().z(),
                    "thickness",
                    limits,
                    system,
                    problems);
        }
        return problems.none()
                ? SpinEchoTrain.plan(
                        protocol, limits, system, volume, pulses[0], pulses[1], echoes, spacingParameter, problems)
                : null;
    }
}
