package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** Actual flip-angle imaging (Yarnykh 2007): every line twice, once with TR after its pulse, once with a multiple of it. */
public final class TransmitMap3D extends LibrarySequence {
    public TransmitMap3D() {
        super(
                SequenceFamily.CALIBRATION,
                "b1map",
                "B1 map",
                "The transmit field in % of nominal, by actual flip-angle imaging with two intervals");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.24,
                0.16,
                32,
                8,
                StandardParameters.repetitionTime(20e-3),
                StandardParameters.intervalRatio(5),
                StandardParameters.echoTime(5e-3),
                StandardParameters.flipAngle(55),
                StandardParameters.dummies(10));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return GradientEcho.plan(
                protocol,
                limits,
                List.of(Placement.of(protocol)),
                Volume.slab(protocol),
                GradientEcho3D.TIME_BANDWIDTH,
                "slab",
                List.of(SpoiledEcho.Pass.SINGLE, new SpoiledEcho.Pass(0, protocol.count("intervalRatio"))),
                problems);
    }
}
