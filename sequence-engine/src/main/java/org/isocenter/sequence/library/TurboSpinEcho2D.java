package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.sequence.SequenceFamily;

/** 2D turbo spin echo. */
public final class TurboSpinEcho2D extends SpinEchoSequence {
    public TurboSpinEcho2D() {
        super(
                SequenceFamily.SPIN_ECHO,
                "tse2d",
                "2D turbo spin echo",
                "Trains of spin echoes: T2-weighted slices in less time; with TI, dark fluid");
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
                StandardParameters.echoSpacing(15e-3, TRAIN_SPACING),
                StandardParameters.inversionTime(
                        0, "Time from an inversion to the excitation; 0 for none. 0.69·T1 of a fluid makes it dark"),
                StandardParameters.inversionPulse(),
                StandardParameters.flipAngle(90),
                StandardParameters.refocusingAngle(),
                StandardParameters.drivenEquilibrium(),
                StandardParameters.dummies(1),
                trainOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.calibrationLines());
    }
}
