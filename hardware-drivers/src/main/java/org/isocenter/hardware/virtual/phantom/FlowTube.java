package org.isocenter.hardware.virtual.phantom;

import org.isocenter.model.Vec3;

/**
 * A straight round tube full of flowing fluid. What leaves it at its end has been replaced at its start by fresh fluid.
 *
 * @param middle of its axis, metres
 * @param direction of positive flow, a unit vector
 * @param metersPerSecond mean velocity over the cross-section and over time
 * @param laminar whether the velocity falls off as a parabola, from twice the mean on the axis to nothing at the wall;
 *     otherwise it is the same everywhere
 */
public record FlowTube(
        Vec3 middle,
        Vec3 direction,
        double lengthMeters,
        double radiusMeters,
        double metersPerSecond,
        boolean laminar) {

    boolean contains(double x, double y, double z) {
        double along = along(x, y, z);
        return Math.abs(along) <= 0.5 * lengthMeters && squareFromAxis(x, y, z, along) <= radiusMeters * radiusMeters;
    }

    /** From the middle, in the direction of flow. */
    double along(double x, double y, double z) {
        return (x - middle.x()) * direction.x() + (y - middle.y()) * direction.y() + (z - middle.z()) * direction.z();
    }

    /** The mean velocity in time of a point of the tube. */
    double velocity(double x, double y, double z) {
        if (!laminar) {
            return metersPerSecond;
        }
        double square = squareFromAxis(x, y, z, along(x, y, z)) / (radiusMeters * radiusMeters);
        return 2 * metersPerSecond * Math.max(0, 1 - square);
    }

    private double squareFromAxis(double x, double y, double z, double along) {
        double dx = x - middle.x();
        double dy = y - middle.y();
        double dz = z - middle.z();
        return Math.max(0, dx * dx + dy * dy + dz * dz - along * along);
    }

    double largestVelocity() {
        return Math.abs(metersPerSecond) * (laminar ? 2 : 1);
    }
}
