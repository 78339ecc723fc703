package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** Gradient-echo EPI. */
public final class EchoPlanar2D extends LibrarySequence {
    public EchoPlanar2D() {
        super(
                SequenceFamily.ECHO_PLANAR,
                "epi2d",
                "2D gradient-echo EPI",
                "Echo-planar trains of gradient echoes: fast T2*-weighted slices");
    }

    @Override
    List<ParameterSpec> nominal() {
        return parameters(0.3, 12e-3, 60, 8);
    }

    /**
     * Several short shots, not one: at low field the field varies by much of a line's bandwidth, and gradients are slow.
     *
     * @param more parameters after the flip angle
     */
    static List<ParameterSpec> parameters(double tr, double te, double flipDegrees, int shots, ParameterSpec... more) {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                StandardParameters.repetitionTime(tr),
                StandardParameters.echoTime(te),
                StandardParameters.flipAngle(flipDegrees)));
        specs.addAll(List.of(more));
        specs.addAll(EpiTrain.parameters(shots));
        specs.add(StandardParameters.dummies(2));
        List<ParameterSpec> stack = StandardParameters.stack(0.22, 64, 3, specs.toArray(ParameterSpec[]::new));
        return stack.stream()
                .map(spec -> switch (spec.name()) {
                    case "BW" -> spec.withDefault(50e3);
                    case "thickness" -> spec.withDefault(8e-3);
                    default -> spec;
                })
                .toList();
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return EchoPlanar.gradientEcho(protocol, limits, problems);
    }
}
