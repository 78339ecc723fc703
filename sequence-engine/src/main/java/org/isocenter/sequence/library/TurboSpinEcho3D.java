package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.RfUse;
import org.isocenter.sequence.design.GradientSystem;

/** 3D turbo spin echo: the excitation selects the slab, rectangular pulses refocus. */
public final class TurboSpinEcho3D extends LibrarySequence {
    public TurboSpinEcho3D() {
        super("tse3d", "3D turbo spin echo", "Trains of spin echoes over a slab: the workhorse at low field");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.22,
                0.16,
                120,
                16,
                StandardParameters.repetitionTime(0.5),
                StandardParameters.echoTime(20e-3),
                StandardParameters.echoTrain(10),
                StandardParameters.echoSpacing(10e-3),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(2));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        problems.atMost("ETL", protocol.number("matrixPhase"), 1, "there are no more lines than that");
        GradientSystem system = gradientSystem(limits, List.of(Placement.of(protocol)));
        Excitation excitation = Excitation.slice(
                protocol.number("FA"),
                RfUse.EXCITATION,
                GradientEcho3D.TIME_BANDWIDTH,
                protocol.number("slab"),
                "slab",
                limits,
                system,
                problems);
        Excitation refocusing = Excitation.hard(Math.PI, RfUse.REFOCUSING, limits, system);
        return problems.none()
                ? SpinEchoTrain.plan(
                        protocol,
                        limits,
                        system,
                        Volume.slab(protocol),
                        excitation,
                        refocusing,
                        protocol.count("ETL"),
                        "ESP",
                        problems)
                : null;
    }
}
