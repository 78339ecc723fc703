package org.isocenter.model;

/**
 * A proper rotation as a unit quaternion, scalar first, the way Pulseq 1.5.1 writes it: {@code v' = R(q) v}, right-handed,
 * active. Immutable.
 */
public record Rotation(double w, double x, double y, double z) {
    public static final Rotation IDENTITY = new Rotation(1, 0, 0, 0);

    /** Normalises; refuses a quaternion whose norm is off by more than 1e-3 (Pulseq's tolerance). */
    public Rotation {
        double norm = Math.sqrt(w * w + x * x + y * y + z * z);
        if (!(Math.abs(norm - 1) <= 1e-3)) {
            throw new IllegalArgumentException("not a unit quaternion: norm " + norm);
        }
        w /= norm;
        x /= norm;
        y /= norm;
        z /= norm;
    }

    /** The right-handed turn by {@code angleRadians} about {@code axis} (any length but zero). */
    public static Rotation about(Vec3 axis, double angleRadians) {
        Vec3 unit = axis.normalized();
        double s = Math.sin(angleRadians / 2);
        return new Rotation(Math.cos(angleRadians / 2), unit.x() * s, unit.y() * s, unit.z() * s);
    }

    /**
     * The rotation that takes X, Y and Z to the three given unit vectors, which must be orthonormal and right-handed.
     * Shepperd's method (1978): the largest of the four components is computed first.
     */
    public static Rotation toAxes(Vec3 ex, Vec3 ey, Vec3 ez) {
        if (Math.abs(ex.cross(ey).dot(ez) - 1) > 1e-6) {
            throw new IllegalArgumentException("axes are not orthonormal and right-handed: " + ex + ey + ez);
        }
        double trace = ex.x() + ey.y() + ez.z();
        double w;
        double x;
        double y;
        double z;
        if (trace > 0) {
            w = Math.sqrt(1 + trace) / 2;
            x = (ey.z() - ez.y()) / (4 * w);
            y = (ez.x() - ex.z()) / (4 * w);
            z = (ex.y() - ey.x()) / (4 * w);
        } else if (ex.x() >= ey.y() && ex.x() >= ez.z()) {
            x = Math.sqrt(1 + ex.x() - ey.y() - ez.z()) / 2;
            w = (ey.z() - ez.y()) / (4 * x);
            y = (ey.x() + ex.y()) / (4 * x);
            z = (ez.x() + ex.z()) / (4 * x);
        } else if (ey.y() >= ez.z()) {
            y = Math.sqrt(1 - ex.x() + ey.y() - ez.z()) / 2;
            w = (ez.x() - ex.z()) / (4 * y);
            x = (ey.x() + ex.y()) / (4 * y);
            z = (ez.y() + ey.z()) / (4 * y);
        } else {
            z = Math.sqrt(1 - ex.x() - ey.y() + ez.z()) / 2;
            w = (ex.y() - ey.x()) / (4 * z);
            x = (ez.x() + ex.z()) / (4 * z);
            y = (ez.y() + ey.z()) / (4 * z);
        }
        return new Rotation(w, x, y, z);
    }

    public Vec3 apply(Vec3 v) {
        return new Vec3(
                (1 - 2 * (y * y + z * z)) * v.x() + 2 * (x * y - w * z) * v.y() + 2 * (x * z + w * y) * v.z(),
                2 * (x * y + w * z) * v.x() + (1 - 2 * (x * x + z * z)) * v.y() + 2 * (y * z - w * x) * v.z(),
                2 * (x * z - w * y) * v.x() + 2 * (y * z + w * x) * v.y() + (1 - 2 * (x * x + y * y)) * v.z());
    }

    /** This rotation after {@code first}. */
    public Rotation after(Rotation first) {
        return new Rotation(
                w * first.w - x * first.x - y * first.y - z * first.z,
                w * first.x + x * first.w + y * first.z - z * first.y,
                w * first.y - x * first.z + y * first.w + z * first.x,
                w * first.z + x * first.y - y * first.x + z * first.w);
    }

    /** The rotation that undoes this one. */
    public Rotation inverse() {
        return new Rotation(w, -x, -y, -z);
    }

    /** Whether this turns nothing, within 1e-9. */
    public boolean isIdentity() {
        return Math.abs(Math.abs(w) - 1) < 1e-15 || (Math.abs(x) < 1e-9 && Math.abs(y) < 1e-9 && Math.abs(z) < 1e-9);
    }
}
