package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.SequenceFamily;

/** Three stacks of spoiled gradient-echo slices in one scan: encoding space 0 is axial, 1 coronal, 2 sagittal. */
public final class Localizer extends LibrarySequence {
    public Localizer() {
        super(
                SequenceFamily.PLANNING,
                "localizer",
                "Three-plane localizer",
                "Axial, coronal and sagittal slices to plan further scans on");
    }

    @Override
    List<ParameterSpec> nominal() {
        List<ParameterSpec> specs = new ArrayList<>(List.of(
                StandardParameters.repetitionTime(50e-3),
                StandardParameters.echoTime(7e-3),
                StandardParameters.flipAngle(40),
                StandardParameters.averages(1),
                StandardParameters.dummies(5),
                StandardParameters.bandwidth(20e3),
                StandardParameters.fieldOfView(0.25),
                StandardParameters.fieldOfViewPhase(0.25),
                StandardParameters.matrix(96),
                StandardParameters.matrixPhase(96),
                StandardParameters.slices(1, "Slices in each of the three planes"),
                StandardParameters.thickness(10e-3),
                StandardParameters.gap(10e-3)));
        specs.addAll(StandardParameters.offsets());
        return specs;
    }

    @Override
    Kernel plan(Protocol protocol, SystemLimits limits, Problems problems) {
        List<EncodingGeometry> planes = new ArrayList<>();
        for (int plane = 0; plane < StandardParameters.ORIENTATIONS.size(); plane++) {
            planes.add(Placement.plane(plane, protocol));
        }
        return GradientEcho.plan(
                protocol,
                limits,
                planes,
                Volume.stack(protocol),
                GradientEcho2D.TIME_BANDWIDTH,
                "thickness",
                List.of(SpoiledEcho.Pass.SINGLE),
                problems);
    }
}
