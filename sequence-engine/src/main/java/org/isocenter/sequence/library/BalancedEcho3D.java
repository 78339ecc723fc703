package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** 3D balanced steady state of a slab. */
public final class BalancedEcho3D extends LibrarySequence {
    public BalancedEcho3D() {
        super(
                SequenceFamily.GRADIENT_ECHO,
                "bssfp3d",
                "3D balanced steady state",
                "bSSFP of a slab: volumes with T2/T1 contrast in little time");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.22,
                0.16,
                64,
                16,
                StandardParameters.shortestRepetitionTime(),
                StandardParameters.flipAngle(60),
                StandardParameters.pulseShape(),
                StandardParameters.dummies(100),
                StandardParameters.viewOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.accelSlice(),
                StandardParameters.calibrationLines());
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return BalancedEcho.plan(
                protocol, limits, Volume.slab(protocol), GradientEcho2D.TIME_BANDWIDTH, "slab", problems);
    }
}
