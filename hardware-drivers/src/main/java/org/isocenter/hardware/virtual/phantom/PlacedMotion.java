package org.isocenter.hardware.virtual.phantom;

import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** The motion of a phantom that has been turned about its own centre and put somewhere else: it goes with the phantom. */
final class PlacedMotion implements Motion {
    private final Motion own;
    private final Vec3 place;
    private final Rotation rotation;

    PlacedMotion(Motion own, Vec3 place, Rotation rotation) {
        this.own = own;
        this.place = place;
        this.rotation = rotation;
    }

    private Vec3 toOwn(double x, double y, double z) {
        return rotation.inverse().apply(new Vec3(x, y, z).minus(place));
    }

    private Vec3 toDevice(double x, double y, double z) {
        return rotation.apply(new Vec3(x, y, z)).plus(place);
    }

    @Override
    public boolean moves(int number, double x, double y, double z) {
        Vec3 there = toOwn(x, y, z);
        return own.moves(number, there.x(), there.y(), there.z());
    }

    @Override
    public double straightSeconds() {
        return own.straightSeconds();
    }

    @Override
    public double nextCornerSeconds(double seconds) {
        return own.nextCornerSeconds(seconds);
    }

    @Override
    public Trace trace(int[] numbers, float[] x0, float[] y0, float[] z0) {
        float[][] start = {x0.clone(), y0.clone(), z0.clone()};
        for (int i = 0; i < x0.length; i++) {
            set(start, i, toOwn(x0[i], y0[i], z0[i]));
        }
        Trace trace = own.trace(numbers, start[0], start[1], start[2]);
        return new Trace() {
            @Override
            public void placesAt(double seconds, float[] x, float[] y, float[] z) {
                trace.placesAt(seconds, x, y, z);
                float[][] now = {x, y, z};
                for (int i = 0; i < x.length; i++) {
                    set(now, i, toDevice(x[i], y[i], z[i]));
                }
            }

            @Override
            public boolean renewed(double fromSeconds, double toSeconds, boolean[] renewed) {
                return trace.renewed(fromSeconds, toSeconds, renewed);
            }
        };
    }

    private static void set(float[][] places, int i, Vec3 to) {
        places[0][i] = (float) to.x();
        places[1][i] = (float) to.y();
        places[2][i] = (float) to.z();
    }

    @Override
    public Course course(double seconds) {
        Course course = own.course(seconds);
        return new Course() {
            @Override
            public boolean visits(double x, double y, double z, PlaceTest test) {
                Vec3 start = toOwn(x, y, z);
                return course.visits(start.x(), start.y(), start.z(), (px, py, pz) -> {
                    Vec3 there = toDevice(px, py, pz);
                    return test.passes(there.x(), there.y(), there.z());
                });
            }

            /** On all sides by as much as anything could go beyond a box that holds it however it is turned. */
            @Override
            public Vec3 halfExtentMeters(Vec3 half) {
                double reach = half.norm() + place.norm();
                Vec3 grown = course.halfExtentMeters(new Vec3(reach, reach, reach));
                Vec3 more = grown.minus(new Vec3(reach, reach, reach));
                double by = more.norm();
                return half.plus(new Vec3(by, by, by));
            }
        };
    }
}
