package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;

/** 2D turbo spin echo. */
public final class TurboSpinEcho2D extends LibrarySequence {
    public TurboSpinEcho2D() {
        super("tse2d", "2D turbo spin echo", "Trains of spin echoes: T2-weighted slices in less time");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(1.5),
                StandardParameters.echoTime(60e-3),
                StandardParameters.echoTrain(8),
                StandardParameters.echoSpacing(15e-3),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(1));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        problems.atMost("ETL", protocol.number("matrixPhase"), 1, "there are no more lines than that");
        return problems.none() ? SpinEcho2D.slices(protocol, limits, protocol.count("ETL"), "ESP", problems) : null;
    }
}
