package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;

/** RF-spoiled 2D gradient echo. */
public final class GradientEcho2D extends LibrarySequence {
    /** Time-bandwidth product of slice pulses. */
    static final double TIME_BANDWIDTH = 4;

    public GradientEcho2D() {
        super("gre2d", "2D gradient echo", "Spoiled gradient echo: fast T1-weighted slices");
    }

    @Override
    List<ParameterSpec> nominal() {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                StandardParameters.repetitionTime(0.1),
                StandardParameters.echoTime(8e-3),
                StandardParameters.flipAngle(40),
                StandardParameters.averages(1),
                StandardParameters.dummies(8),
                StandardParameters.bandwidth(20e3),
                StandardParameters.fieldOfView(0.22),
                StandardParameters.fieldOfViewPhase(0.22),
                StandardParameters.matrix(128),
                StandardParameters.matrixPhase(128),
                StandardParameters.slices(3, "Slices measured in turn within TR"),
                StandardParameters.thickness(6e-3),
                StandardParameters.gap(2e-3)));
        specs.addAll(StandardParameters.turns());
        specs.addAll(StandardParameters.offsets());
        return specs;
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
                problems);
    }
}
