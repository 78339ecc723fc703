package org.isocenter.sequence.library;

import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.SequenceFamily;
import org.isocenter.sequence.design.DesignRasters;
import org.isocenter.sequence.design.Grid;

/**
 * Two 3D gradient echoes at echo times that are ESP apart, measured in turn, line by line: with an excitation of its own, the
 * second may be as near to the first as the field needs.
 */
public final class FieldMap3D extends LibrarySequence {
    public FieldMap3D() {
        super(
                SequenceFamily.CALIBRATION,
                "b0map",
                "B0 map",
                "The main field's offset in Hz, from the phase between two echo times: to shim by");
    }

    @Override
    List<ParameterSpec> nominal() {
        return StandardParameters.slab(
                0.24,
                0.24,
                32,
                24,
                StandardParameters.repetitionTime(25e-3),
                StandardParameters.echoTime(5e-3),
                StandardParameters.echoSpacing(
                        2e-3, "From the first echo time to the second: offsets up to ±1/(2·ESP) can be told apart"),
                StandardParameters.flipAngle(25),
                StandardParameters.dummies(20));
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        long stepPs = Grid.of(DesignRasters.of(limits)).stepPs();
        long spacingPs = Math.max(1, Math.round((double) Rasters.ps(protocol.number("ESP")) / stepPs)) * stepPs;
        return GradientEcho.plan(
                protocol,
                limits,
                List.of(Placement.of(protocol)),
                Volume.slab(protocol),
                GradientEcho3D.TIME_BANDWIDTH,
                "slab",
                List.of(SpoiledEcho.Pass.SINGLE, new SpoiledEcho.Pass(spacingPs, 1)),
                problems);
    }
}
