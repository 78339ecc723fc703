package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** RF-spoiled 3D gradient echo of a slab. */
public final class GradientEcho3D extends LibrarySequence {
    /** Time-bandwidth product of slab pulses: steeper edges than a slice's. */
    static final double TIME_BANDWIDTH = 6;

    public GradientEcho3D() {
        super(
                SequenceFamily.GRADIENT_ECHO,
                "gre3d",
                "3D gradient echo",
                "Spoiled 3D gradient echo: T1-weighted volumes of high resolution");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.22,
                0.16,
                96,
                16,
                StandardParameters.repetitionTime(30e-3),
                StandardParameters.echoTime(8e-3),
                StandardParameters.flipAngle(25),
                StandardParameters.pulseShape(),
                StandardParameters.dummies(20),
                StandardParameters.echoes(1),
                StandardParameters.echoSpacing(12e-3, SpoiledEcho.SPACING),
                StandardParameters.readoutMode(),
                StandardParameters.viewOrder(),
                StandardParameters.partialFourier(),
                StandardParameters.accelPhase(),
                StandardParameters.accelSlice(),
                StandardParameters.calibrationLines());
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return GradientEcho.plan(
                protocol,
                limits,
                List.of(Placement.of(protocol)),
                Volume.slab(protocol),
                TIME_BANDWIDTH,
                "slab",
                List.of(SpoiledEcho.Pass.SINGLE),
                problems);
    }
}
