package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.sequence.SequenceFamily;

/** 3D spin echo: the excitation selects the slab, rectangular pulses refocus. */
public final class SpinEcho3D extends SpinEchoSequence {
    public SpinEcho3D() {
        super(
                SequenceFamily.SPIN_ECHO,
                "se3d",
                "3D spin echo",
                "Spin echo of a slab: no gaps, no slice profile; several echoes for T2");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.22,
                0.16,
                64,
                12,
                StandardParameters.repetitionTime(0.3),
                StandardParameters.echoTime(20e-3),
                StandardParameters.echoes(1),
                StandardParameters.echoSpacing(20e-3, "Time between the echoes where there are several"),
                StandardParameters.flipAngle(90),
                StandardParameters.dummies(2),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.accelSlice(),
                StandardParameters.calibrationLines());
    }
}
