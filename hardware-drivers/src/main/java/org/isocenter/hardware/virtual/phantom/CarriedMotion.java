package org.isocenter.hardware.virtual.phantom;

import org.isocenter.model.Vec3;

/** A motion of its own within something that moves as a whole, as breathing on a table that shakes. */
final class CarriedMotion implements Motion {
    private final Motion own;
    private final RigidMotion whole;

    CarriedMotion(Motion own, RigidMotion whole) {
        this.own = own;
        this.whole = whole;
    }

    @Override
    public boolean moves(int number, double x, double y, double z) {
        return whole.moves(number, x, y, z) || own.moves(number, x, y, z);
    }

    /** The accelerations of both add up, and turning makes another, of the order of their mean. */
    @Override
    public double straightSeconds() {
        double one = 1 / own.straightSeconds();
        double other = 1 / whole.straightSeconds();
        return 1 / (one + other);
    }

    @Override
    public double nextCornerSeconds(double seconds) {
        return Math.min(own.nextCornerSeconds(seconds), whole.nextCornerSeconds(seconds));
    }

    @Override
    public Trace trace(int[] numbers, float[] x0, float[] y0, float[] z0) {
        float[] x1 = new float[x0.length];
        float[] y1 = new float[x0.length];
        float[] z1 = new float[x0.length];
        Trace inner = own.trace(numbers, x0, y0, z0);
        Trace outer = whole.trace(numbers, x1, y1, z1);
        return new Trace() {
            @Override
            public void placesAt(double seconds, float[] x, float[] y, float[] z) {
                inner.placesAt(seconds, x1, y1, z1);
                outer.placesAt(seconds, x, y, z);
            }

            @Override
            public boolean renewed(double fromSeconds, double toSeconds, boolean[] renewed) {
                return inner.renewed(fromSeconds, toSeconds, renewed);
            }
        };
    }

    /** Wherever the one takes it, and from there wherever the other does. */
    @Override
    public Course course(double seconds) {
        Course inner = own.course(seconds);
        Course outer = whole.course(seconds);
        return new Course() {
            @Override
            public boolean visits(double x, double y, double z, PlaceTest test) {
                return inner.visits(x, y, z, (px, py, pz) -> outer.visits(px, py, pz, test));
            }

            @Override
            public Vec3 halfExtentMeters(Vec3 half) {
                return outer.halfExtentMeters(inner.halfExtentMeters(half));
            }
        };
    }
}
