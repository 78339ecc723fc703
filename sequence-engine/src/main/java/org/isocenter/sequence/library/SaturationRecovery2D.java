package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.sequence.SequenceFamily;

/** 2D spin echo after a saturation. */
public final class SaturationRecovery2D extends SpinEchoSequence {
    public SaturationRecovery2D() {
        super(
                SequenceFamily.SPIN_ECHO,
                "sr2d",
                "2D saturation recovery",
                "Spin echo after a saturation: T1 contrast that does not depend on TR");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(1),
                StandardParameters.saturationTime(0.3),
                StandardParameters.echoTime(20e-3),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(0),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.calibrationLines());
    }
}
