package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.sequence.SequenceFamily;

/** 3D turbo spin echo: the excitation selects the slab, rectangular pulses refocus. */
public final class TurboSpinEcho3D extends SpinEchoSequence {
    public TurboSpinEcho3D() {
        super(
                SequenceFamily.SPIN_ECHO,
                "tse3d",
                "3D turbo spin echo",
                "Trains of spin echoes over a slab: the workhorse at low field");
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
                StandardParameters.echoSpacing(10e-3, TRAIN_SPACING),
                StandardParameters.inversionTime(
                        0, "Time from an inversion to the excitation; 0 for none. 0.69·T1 of a fluid makes it dark"),
                StandardParameters.inversionPulse(),
                StandardParameters.flipAngle(90),
                StandardParameters.refocusingAngle(),
                StandardParameters.drivenEquilibrium(),
                StandardParameters.dummies(2),
                trainOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.accelSlice(),
                StandardParameters.calibrationLines());
    }
}
