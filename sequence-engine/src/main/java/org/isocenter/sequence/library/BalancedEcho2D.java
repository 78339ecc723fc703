package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** 2D balanced steady state. */
public final class BalancedEcho2D extends LibrarySequence {
    public BalancedEcho2D() {
        super(
                SequenceFamily.GRADIENT_ECHO,
                "bssfp2d",
                "2D balanced steady state",
                "bSSFP: the most signal for its time, with T2/T1 contrast");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                64,
                1,
                StandardParameters.shortestRepetitionTime(),
                StandardParameters.flipAngle(60),
                StandardParameters.pulseShape(),
                StandardParameters.dummies(100),
                StandardParameters.viewOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.calibrationLines());
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return BalancedEcho.plan(
                protocol, limits, Volume.stack(protocol), GradientEcho2D.TIME_BANDWIDTH, "thickness", problems);
    }
}
