package org.isocenter.hardware.virtual.receive;

import org.isocenter.model.Vec3;

/**
 * The field of a circular loop of wire, exact but for a factor common to all loops: J. Simpson et al., "Simple analytic
 * expressions for the magnetic field of a circular current loop", NASA/TM-2013-217919, eqs. 5 and 6. Immutable.
 *
 * @param center metres, device axes
 * @param normal unit vector; the field in the middle points along it
 * @param radiusMeters of the wire's middle
 */
record CurrentLoop(Vec3 center, Vec3 normal, double radiusMeters) {
    /** Nearer to the wire's middle than this one is inside the conductor, where the field of its surface is taken. */
    private static final double WIRE_METERS = 3e-3;

    /** Nearer to the axis than this share of the radius the closed form is 0/0, and its first term serves. */
    private static final double ON_AXIS = 1e-4;

    /** The largest share of an elliptic integral that may be missing. */
    private static final double PRECISION = 1e-9;

    /**
     * Components of the field of unit current, in units of μ0/π, along two directions.
     *
     * @param uv receives them
     */
    void field(double x, double y, double z, Vec3 u, Vec3 v, double[] uv) {
        double px = x - center.x();
        double py = y - center.y();
        double pz = z - center.z();
        double height = px * normal.x() + py * normal.y() + pz * normal.z();
        double awaySquared = Math.max(0, px * px + py * py + pz * pz - height * height);
        double away = Math.sqrt(awaySquared);
        double a = radiusMeters;
        double squares = a * a + awaySquared + height * height;
        double nearest = Math.max(squares - 2 * a * away, WIRE_METERS * WIRE_METERS);
        double farthest = squares + 2 * a * away;

        // Complete elliptic integrals of the modulus 1 - nearest/farthest by the arithmetic-geometric mean.
        double arithmetic = 1;
        double geometric = Math.sqrt(nearest / farthest);
        double weight = 0.5;
        double difference = Math.sqrt(1 - nearest / farthest);
        double sum = weight * difference * difference;
        while (difference > PRECISION) {
            difference = 0.5 * (arithmetic - geometric);
            double mean = 0.5 * (arithmetic + geometric);
            geometric = Math.sqrt(arithmetic * geometric);
            arithmetic = mean;
            weight *= 2;
            sum += weight * difference * difference;
        }
        double first = Math.PI / (2 * arithmetic);
        double second = first * (1 - sum);

        double scale = 1 / (2 * nearest * Math.sqrt(farthest));
        double along = scale * ((a * a - awaySquared - height * height) * second + nearest * first);
        // The radial component, already divided by the distance from the axis.
        double radial = away > ON_AXIS * a
                ? scale * height / awaySquared * (squares * second - nearest * first)
                : 0.75 * Math.PI * a * a * height / (squares * squares * Math.sqrt(squares));
        along -= radial * height;
        uv[0] = along * normal.dot(u) + radial * (px * u.x() + py * u.y() + pz * u.z());
        uv[1] = along * normal.dot(v) + radial * (px * v.x() + py * v.y() + pz * v.z());
    }
}
