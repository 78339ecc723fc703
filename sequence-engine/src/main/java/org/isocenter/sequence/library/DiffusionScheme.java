package org.isocenter.sequence.library;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Diffusion;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.ParameterSpec;
import org.isocenter.model.ParameterSpec.Group;
import org.isocenter.model.Protocol;
import org.isocenter.model.Unit;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.design.GradientDirections;

/**
 * The weightings of a diffusion scan, in the order of the counter SET: none first, then each b-value with each direction.
 *
 * @param weightings with directions on logical axes (read, phase, slice)
 */
record DiffusionScheme(List<Diffusion> weightings) {
    /** A scan that is not about diffusion: one image. */
    static final DiffusionScheme NONE = new DiffusionScheme(List.of(Diffusion.NONE));

    private static final List<String> DIRECTIONS = List.of("trace", "read", "phase", "slice", "6", "12", "30");

    static List<ParameterSpec> parameters(double secondsPerSquareMeter) {
        return List.of(
                ParameterSpec.quantity(
                        "bValue",
                        "b-value",
                        Group.CONTRAST,
                        Unit.SECOND_PER_SQUARE_METER,
                        10e6,
                        10e9,
                        secondsPerSquareMeter,
                        0x00189087,
                        "Largest weighting by diffusion; the signal of free water falls by half at about 330 s/mm²"),
                ParameterSpec.count(
                        "bValues",
                        "b-values",
                        Group.CONTRAST,
                        2,
                        16,
                        2,
                        0,
                        "How many weightings from 0 to the largest b-value, evenly spaced"),
                ParameterSpec.choice(
                        "directions",
                        "Directions",
                        Group.CONTRAST,
                        DIRECTIONS,
                        "Directions of the weighting gradient: three axes for the trace, one axis, or spread over the sphere"));
    }

    static DiffusionScheme of(Protocol protocol) {
        List<Diffusion> weightings = new ArrayList<>(List.of(Diffusion.NONE));
        int steps = protocol.count("bValues") - 1;
        for (int step = 1; step <= steps; step++) {
            double b = protocol.number("bValue") * step / steps;
            for (Vec3 direction : directions(DIRECTIONS.get(protocol.count("directions")))) {
                weightings.add(new Diffusion(b, direction));
            }
        }
        return new DiffusionScheme(weightings);
    }

    private static List<Vec3> directions(String choice) {
        return switch (choice) {
            case "trace" -> GradientDirections.axes();
            case "read" -> List.of(Vec3.X);
            case "phase" -> List.of(Vec3.Y);
            case "slice" -> List.of(Vec3.Z);
            default -> GradientDirections.spread(Integer.parseInt(choice));
        };
    }

    boolean isWeighted() {
        return weightings.size() > 1;
    }

    double largest() {
        return weightings.stream()
                .mapToDouble(Diffusion::secondsPerSquareMeter)
                .max()
                .orElse(0);
    }

    /** In patient LPS; empty for a scan that is not about diffusion. */
    List<Diffusion> inPatient(EncodingGeometry geometry) {
        if (!isWeighted()) {
            return List.of();
        }
        return weightings.stream()
                .map(w -> w.hasDirection()
                        ? new Diffusion(
                                w.secondsPerSquareMeter(), geometry.rotation().apply(w.direction()))
                        : w)
                .toList();
    }
}
