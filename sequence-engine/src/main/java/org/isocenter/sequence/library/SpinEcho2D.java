package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.sequence.SequenceFamily;

/** 2D spin echo, one line for each excitation; several echoes of it make several images. */
public final class SpinEcho2D extends SpinEchoSequence {
    public SpinEcho2D() {
        super(
                SequenceFamily.SPIN_ECHO,
                "se2d",
                "2D spin echo",
                "Spin echo: robust slices, contrast by TR and TE; several echoes for T2");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(0.5),
                StandardParameters.echoTime(20e-3),
                StandardParameters.echoes(1),
                StandardParameters.echoSpacing(20e-3, "Time between the echoes where there are several"),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(1),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.calibrationLines());
    }
}
