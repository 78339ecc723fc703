package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.sequence.SequenceFamily;

/** 2D spin echo after an inversion. */
public final class InversionRecovery2D extends SpinEchoSequence {
    public InversionRecovery2D() {
        super(
                SequenceFamily.SPIN_ECHO,
                "ir2d",
                "2D inversion recovery",
                "Spin echo after an inversion: strong T1 contrast, or one tissue made dark");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(1.5),
                StandardParameters.inversionTime(
                        0.2, "Time from the inversion of a slice to its excitation; 0.69·T1 makes a tissue dark"),
                StandardParameters.inversionPulse(),
                StandardParameters.echoTime(20e-3),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(1),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.calibrationLines());
    }
}
