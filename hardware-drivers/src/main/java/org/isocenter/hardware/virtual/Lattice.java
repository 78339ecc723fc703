package org.isocenter.hardware.virtual;

import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/**
 * A regular arrangement of points {@code i·a + j·b + k·c}, metres; {@code scatter} is the share of c by which points are put
 * along it at random.
 *
 * <p>A lattice of spins gives even surfaces, where random places would give grain; but a gradient that has turned the spins
 * by a vector of its reciprocal lattice does not dephase them, as it would in nature. So no reciprocal vector may come near
 * what a sequence's crushers do, seen from within the k-space that is read. {@link LatticeSearch} finds such a lattice where
 * it is known what they do; the others are good guesses, scattered a little: that blurs a lattice just enough that no strong
 * crusher finds it in step, but it makes grain.
 */
record Lattice(Vec3 a, Vec3 b, Vec3 c, double scatter) {
    private static final double SCATTER = 1.0 / 8;
    private static final double COSINE = Math.cos(0.37);
    private static final double SINE = Math.sin(0.37);
    private static final Rotation ASKEW = Rotation.about(new Vec3(0.2719, 0.4142, 0.8684), 0.7854)
            .after(Rotation.about(new Vec3(1, 0.618, 0.3), 0.553));

    /** Body-centred cubic, askew to all axes: for when nothing is known of the sequence's directions. */
    static Lattice bodyCentred(double volumePerPoint) {
        double half = 0.5 * Math.cbrt(2 * volumePerPoint);
        return new Lattice(
                ASKEW.apply(new Vec3(-half, half, half)),
                ASKEW.apply(new Vec3(half, -half, half)),
                ASKEW.apply(new Vec3(half, half, -half)),
                SCATTER);
    }

    /**
     * Columns along {@code axis}, on a square grid that is turned a little from {@code edge}: so no row of them lies along an object's flat side. Neighbouring columns are shifted by 1/6
     * and 1/3 of the spacing within a column: reciprocal vectors along the axis are as far apart as if each column had six
     * times as many points, and the ones between lie outside the k-space of pixels 1.5 times the columns' spacing or more.
     * The free decay after a refocusing pulse, which is read without prephasing, reaches twice as far along the readout:
     * for it each column counts three times.
     *
     * @param axis and {@code edge}, which is the direction of the readout: perpendicular unit vectors
     */
    static Lattice columns(Vec3 axis, Vec3 edge, double columnMeters, double volumePerPoint) {
        double along = volumePerPoint / (columnMeters * columnMeters);
        Vec3 across = axis.cross(edge);
        Vec3 u = edge.scaled(COSINE).plus(across.scaled(SINE));
        Vec3 v = across.scaled(COSINE).minus(edge.scaled(SINE));
        return new Lattice(
                u.scaled(columnMeters).plus(axis.scaled(along / 6)),
                v.scaled(columnMeters).plus(axis.scaled(along / 3)),
                axis.scaled(along),
                SCATTER);
    }

    double volumePerPoint() {
        return Math.abs(a.cross(b).dot(c));
    }

    /** The vector whose product with a place is the place's coordinate along a. */
    Vec3 coordinateA() {
        return b.cross(c).scaled(1 / a.cross(b).dot(c));
    }

    /** The same along b. */
    Vec3 coordinateB() {
        return c.cross(a).scaled(1 / a.cross(b).dot(c));
    }
}
