package org.isocenter.hardware.virtual;

import java.util.Optional;
import org.isocenter.hardware.virtual.phantom.Motion;
import org.isocenter.hardware.virtual.phantom.Phantom;
import org.isocenter.model.Vec3;

/** Where the matter of a phantom comes while a table is played, and the field that it meets there. Immutable. */
final class PhantomReach {
    /** Between the places where the field is looked at it may deviate more than at them. */
    private static final double FIELD_RESERVE = 1.2;

    private final Optional<Motion.Course> course;
    private final Vec3 halfExtentMeters;
    private final double radiusMeters;
    private final double fieldHertz;

    PhantomReach(Phantom phantom, Surroundings surroundings, double seconds) {
        course = phantom.motion().map(motion -> motion.course(seconds));
        Vec3 half = phantom.halfExtentMeters();
        halfExtentMeters = course.map(c -> c.halfExtentMeters(half)).orElse(half);
        radiusMeters = surroundings.warp().seenRadius(halfExtentMeters.norm());
        double[] hertz = extremes(surroundings.field()::hertzAt);
        fieldHertz = (course.isPresent() ? FIELD_RESERVE : 1) * Math.max(-hertz[0], hertz[1])
                + surroundings.field().largestShiftHertz();
    }

    /** The least and the most that something is at the box's corners and middles of edges, faces and all. */
    double[] extremes(PlaceFunction function) {
        double[] extremes = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        for (int place = 0; place < 27; place++) {
            double value = function.at(
                    halfExtentMeters.x() * (place % 3 - 1),
                    halfExtentMeters.y() * (place / 3 % 3 - 1),
                    halfExtentMeters.z() * (place / 9 - 1));
            extremes[0] = Math.min(extremes[0], value);
            extremes[1] = Math.max(extremes[1], value);
        }
        return extremes;
    }

    /** Of a ball about the isocentre in which gradients see the phantom at all times. */
    double radiusMeters() {
        return radiusMeters;
    }

    /** Largest off-resonance in it, either way. */
    double fieldHertz() {
        return fieldHertz;
    }

    /** Something that depends on the place. */
    interface PlaceFunction {
        double at(double x, double y, double z);
    }

    boolean moves() {
        return course.isPresent();
    }

    /** Whether what is here at time 0 is in such a place at any time. */
    boolean comesTo(double x, double y, double z, Motion.PlaceTest test) {
        return course.isPresent() ? course.get().visits(x, y, z, test) : test.passes(x, y, z);
    }
}
