package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.model.Unit;
import org.isocenter.sequence.SequenceFamily;

/** Diffusion-prepared turbo spin echo. */
public final class DiffusionTurboSpinEcho2D extends LibrarySequence {
    public DiffusionTurboSpinEcho2D() {
        super(
                SequenceFamily.DIFFUSION,
                "dwitse2d",
                "2D diffusion-weighted TSE",
                "Turbo spin echo after a diffusion preparation: no distortion where the field is poor");
    }

    @Override
    List<ParameterSpec> nominal() {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                StandardParameters.repetitionTime(1.5),
                ParameterSpec.quantity(
                        "TEprep",
                        "Preparation echo time",
                        Group.TIMING,
                        Unit.SECOND,
                        0,
                        2,
                        0,
                        0,
                        "Length of the spin echo that weights by diffusion; 0 for the shortest that the b-value allows"),
                StandardParameters.echoTrain(8),
                StandardParameters.echoSpacing(
                        15e-3, "Time between the echoes of a train; the first measures the centre of k-space")));
        specs.addAll(DiffusionScheme.parameters(Diffusion2D.B_VALUE));
        specs.add(StandardParameters.dummies(1));
        return StandardParameters.stack(0.22, 64, 3, specs.toArray(ParameterSpec[]::new)).stream()
                .map(spec -> switch (spec.name()) {
                    case "averages" -> spec.withDefault(2);
                    case "thickness" -> spec.withDefault(8e-3);
                    default -> spec;
                })
                .toList();
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        return DiffusionTurboSpinEcho.plan(protocol, limits, problems);
    }
}
