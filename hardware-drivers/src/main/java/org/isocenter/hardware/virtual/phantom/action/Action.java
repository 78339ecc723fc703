package org.isocenter.hardware.virtual.phantom.action;

import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;

/** What can happen to listed spins, done to a share of it from 0 to 1. Metres on the list's axes. Immutable. */
public sealed interface Action permits Action.Translate, Action.Rotate, Action.HeartBeat, Path {
    /**
     * Moves spins from where they are by what the action has done to them.
     *
     * @param rows each spin's row in the action's span, or -1 when it is left alone
     */
    void move(double share, int[] rows, float[] x, float[] y, float[] z);

    /** By how much what is in this box about the origin may go, along each axis. */
    Vec3 farthestMeters(Vec3 half);

    /** Radians that it turns in all. */
    default double turnRadians() {
        return 0;
    }

    /** In a straight line. */
    record Translate(Vec3 meters) implements Action {
        @Override
        public void move(double share, int[] rows, float[] x, float[] y, float[] z) {
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] >= 0) {
                    x[i] += (float) (share * meters.x());
                    y[i] += (float) (share * meters.y());
                    z[i] += (float) (share * meters.z());
                }
            }
        }

        @Override
        public Vec3 farthestMeters(Vec3 half) {
            return new Vec3(Math.abs(meters.x()), Math.abs(meters.y()), Math.abs(meters.z()));
        }
    }

    /** About the x axis, then the fixed y axis, then the fixed z axis through a centre, right-handed; all three angles in step. */
    record Rotate(Vec3 radians, Vec3 centerMeters) implements Action {
        @Override
        public void move(double share, int[] rows, float[] x, float[] y, float[] z) {
            Rotation turn = Rotation.about(Vec3.Z, share * radians.z())
                    .after(Rotation.about(Vec3.Y, share * radians.y()))
                    .after(Rotation.about(Vec3.X, share * radians.x()));
            Vec3 ex = turn.apply(Vec3.X);
            Vec3 ey = turn.apply(Vec3.Y);
            Vec3 ez = turn.apply(Vec3.Z);
            Vec3 c = centerMeters;
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] >= 0) {
                    double dx = x[i] - c.x();
                    double dy = y[i] - c.y();
                    double dz = z[i] - c.z();
                    x[i] = (float) (c.x() + ex.x() * dx + ey.x() * dy + ez.x() * dz);
                    y[i] = (float) (c.y() + ex.y() * dx + ey.y() * dy + ez.y() * dz);
                    z[i] = (float) (c.z() + ex.z() * dx + ey.z() * dy + ez.z() * dz);
                }
            }
        }

        @Override
        public Vec3 farthestMeters(Vec3 half) {
            double by = Math.min(2, turnRadians()) * (half.norm() + centerMeters.norm());
            return new Vec3(by, by, by);
        }

        @Override
        public double turnRadians() {
            return Math.abs(radians.x()) + Math.abs(radians.y()) + Math.abs(radians.z());
        }
    }

    /**
     * Beats about the z axis: a radius r becomes r + share · (circumferential · most - radial · (most - r)), but not less
     * than 0, and z becomes z · (1 + share · longitudinal).
     *
     * @param mostMeters the largest radius among the spins
     */
    record HeartBeat(double circumferential, double radial, double longitudinal, double mostMeters) implements Action {
        @Override
        public void move(double share, int[] rows, float[] x, float[] y, float[] z) {
            for (int i = 0; i < rows.length; i++) {
                if (rows[i] >= 0) {
                    double r = Math.hypot(x[i], y[i]);
                    double by = share * (circumferential * mostMeters - radial * (mostMeters - r));
                    double now = Math.max(0, r + by);
                    // As atan2 has it, what lies on the axis goes along x.
                    double cos = r == 0 ? 1 : x[i] / r;
                    double sin = r == 0 ? 0 : y[i] / r;
                    x[i] = (float) (now * cos);
                    y[i] = (float) (now * sin);
                    z[i] *= (float) (1 + share * longitudinal);
                }
            }
        }

        @Override
        public Vec3 farthestMeters(Vec3 half) {
            double across = Math.abs(circumferential) * mostMeters
                    + Math.abs(radial) * (mostMeters + Math.hypot(half.x(), half.y()));
            return new Vec3(across, across, Math.abs(longitudinal) * half.z());
        }
    }
}
