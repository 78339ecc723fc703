package org.isocenter.hardware.virtual.phantom;

import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** The whole phantom turns about the isocentre and is then shifted, both in step. */
public final class RigidMotion implements Motion {
    /** Far enough out for any phantom; decides how finely turns are followed. */
    private static final double RADIUS_METERS = 0.2;

    private final Vec3 meters;
    private final Vec3 radians;
    private final TimeCurve curve;

    /**
     * To and fro as sin 2πt/period.
     *
     * @param meters the shift at the crest
     * @param radians the turn at the crest: right-handed about this vector, by its length
     */
    public static RigidMotion periodic(Vec3 meters, Vec3 radians, double periodSeconds) {
        return new RigidMotion(meters, radians, new TimeCurve.Sine(periodSeconds));
    }

    /**
     * Once, at constant speed.
     *
     * @param meters the whole shift
     * @param radians the whole turn: right-handed about this vector, by its length
     * @param durationSeconds 0 for a sudden step
     */
    public static RigidMotion once(Vec3 meters, Vec3 radians, double startSeconds, double durationSeconds) {
        return new RigidMotion(meters, radians, new TimeCurve.Ramp(startSeconds, durationSeconds));
    }

    private RigidMotion(Vec3 meters, Vec3 radians, TimeCurve curve) {
        this.meters = meters;
        this.radians = radians;
        this.curve = curve;
    }

    @Override
    public boolean moves(int number, double x, double y, double z) {
        return meters.norm() > 0 || radians.norm() > 0;
    }

    @Override
    public Trace trace(int[] numbers, float[] x0, float[] y0, float[] z0) {
        return (seconds, x, y, z) -> {
            Pose pose = pose(curve.at(seconds));
            pose.row(0, x0, y0, z0, x);
            pose.row(1, x0, y0, z0, y);
            pose.row(2, x0, y0, z0, z);
        };
    }

    @Override
    public double straightSeconds() {
        double turn = radians.norm();
        double rate = curve.largestRate() * turn;
        double acceleration =
                (meters.norm() + RADIUS_METERS * turn) * curve.largestCurvature() + RADIUS_METERS * rate * rate;
        return Math.sqrt(8 * STRAIGHT_METERS / acceleration);
    }

    @Override
    public Course course(double seconds) {
        double low = curve.lowest(seconds);
        double high = curve.highest(seconds);
        double way = (high - low) * (meters.norm() + RADIUS_METERS * radians.norm());
        int steps = (int) Math.ceil(way / COURSE_STEP_METERS);
        Pose[] poses = new Pose[steps + 1];
        for (int i = 0; i <= steps; i++) {
            poses[i] = pose(steps == 0 ? low : low + (high - low) * i / steps);
        }
        return new PoseCourse(poses);
    }

    private Pose pose(double share) {
        double turn = radians.norm() * share;
        Rotation rotation = turn == 0 ? Rotation.IDENTITY : Rotation.about(radians, turn);
        return new Pose(rotation.apply(Vec3.X), rotation.apply(Vec3.Y), rotation.apply(Vec3.Z), meters.scaled(share));
    }

    /** Images of the axes, and the shift. */
    private record Pose(Vec3 ex, Vec3 ey, Vec3 ez, Vec3 shift) {
        void row(int axis, float[] x0, float[] y0, float[] z0, float[] result) {
            float a = (float) component(ex, axis);
            float b = (float) component(ey, axis);
            float c = (float) component(ez, axis);
            float d = (float) component(shift, axis);
            for (int i = 0; i < result.length; i++) {
                result[i] = a * x0[i] + b * y0[i] + c * z0[i] + d;
            }
        }

        double place(int axis, double x, double y, double z) {
            return component(ex, axis) * x + component(ey, axis) * y + component(ez, axis) * z + component(shift, axis);
        }

        double reach(int axis, Vec3 half) {
            return Math.abs(component(ex, axis)) * half.x()
                    + Math.abs(component(ey, axis)) * half.y()
                    + Math.abs(component(ez, axis)) * half.z()
                    + Math.abs(component(shift, axis));
        }

        private static double component(Vec3 v, int axis) {
            return axis == 0 ? v.x() : axis == 1 ? v.y() : v.z();
        }
    }

    private record PoseCourse(Pose[] poses) implements Course {
        @Override
        public boolean visits(double x, double y, double z, PlaceTest test) {
            for (Pose pose : poses) {
                if (test.passes(pose.place(0, x, y, z), pose.place(1, x, y, z), pose.place(2, x, y, z))) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Vec3 halfExtentMeters(Vec3 half) {
            double[] most = new double[3];
            for (Pose pose : poses) {
                for (int axis = 0; axis < 3; axis++) {
                    most[axis] = Math.max(most[axis], pose.reach(axis, half));
                }
            }
            return new Vec3(most[0], most[1], most[2]);
        }
    }
}
