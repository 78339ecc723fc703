package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** Inversion-prepared 3D gradient echo. */
public final class Mprage extends LibrarySequence {
    public Mprage() {
        super(
                SequenceFamily.GRADIENT_ECHO,
                "mprage",
                "MPRAGE",
                "Inversion-prepared 3D gradient echo: T1 contrast between the tissues of the brain, dark fluid");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.22,
                0.16,
                96,
                16,
                StandardParameters.repetitionTime(1.2),
                StandardParameters.inversionTime(
                        0.35, "Time from the inversion to the excitation that measures the centre of k-space"),
                StandardParameters.echoTime(6e-3),
                StandardParameters.echoSpacing(12e-3, "Time from one excitation of a train to the next"),
                StandardParameters.echoTrain(32, "Excitations after each inversion, at most"),
                StandardParameters.trainAxis(),
                StandardParameters.flipAngle(15),
                StandardParameters.inversionPulse(),
                StandardParameters.pulseShape(),
                StandardParameters.dummies(1),
                StandardParameters.viewOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.accelSlice(),
                StandardParameters.calibrationLines());
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return InversionPreparedEcho.plan(
                protocol, limits, Volume.slab(protocol), GradientEcho3D.TIME_BANDWIDTH, problems);
    }
}
