package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** RF-spoiled 2D gradient echo. */
public final class GradientEcho2D extends LibrarySequence {
    /** Time-bandwidth product of slice pulses. */
    static final double TIME_BANDWIDTH = 4;

    public GradientEcho2D() {
        super(
                SequenceFamily.GRADIENT_ECHO,
                "gre2d",
                "2D gradient echo",
                "Spoiled gradient echo: fast T1-weighted slices near the Ernst angle, T2* with several echoes");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.stack(
                0.22,
                128,
                3,
                StandardParameters.repetitionTime(0.1),
                StandardParameters.echoTime(8e-3),
                StandardParameters.flipAngle(40),
                StandardParameters.pulseShape(),
                StandardParameters.dummies(8),
                StandardParameters.echoes(1),
                StandardParameters.echoSpacing(12e-3, SpoiledEcho.SPACING),
                StandardParameters.readoutMode(),
                StandardParameters.viewOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.calibrationLines());
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return GradientEcho.plan(
                protocol,
                limits,
                List.of(Placement.of(protocol)),
                Volume.stack(protocol),
                TIME_BANDWIDTH,
                "thickness",
                List.of(SpoiledEcho.Pass.SINGLE),
                problems);
    }
}
