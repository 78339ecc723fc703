package org.isocenter.model;

/**
 * Where a readout's field of view lies: the centre in metres and the three unit encoding directions, in patient LPS (x to
 * the left, y to the back, z to the head). {@code read × phase = slice}. MRD's position, read_dir, phase_dir, slice_dir.
 */
public record EncodingGeometry(Vec3 centerMeters, Vec3 read, Vec3 phase, Vec3 slice) {

    /** Axial at isocentre: columns run to the left, rows to the back, slices to the head. */
    public static final EncodingGeometry AXIAL = new EncodingGeometry(Vec3.ZERO, Vec3.X, Vec3.Y, Vec3.Z);

    /** Coronal at isocentre: columns run to the left, rows to the feet. */
    public static final EncodingGeometry CORONAL = new EncodingGeometry(Vec3.ZERO, Vec3.X, new Vec3(0, 0, -1), Vec3.Y);

    /** Sagittal at isocentre: columns run to the back, rows to the feet. */
    public static final EncodingGeometry SAGITTAL =
            new EncodingGeometry(Vec3.ZERO, Vec3.Y, new Vec3(0, 0, -1), new Vec3(-1, 0, 0));

    public EncodingGeometry {
        if (Math.abs(read.cross(phase).dot(slice) - 1) > 1e-4) {
            throw new IllegalArgumentException(
                    "encoding directions are not orthonormal and right-handed: " + read + phase + slice);
        }
    }

    /** The same directions about another centre. */
    public EncodingGeometry centredAt(Vec3 newCenterMeters) {
        return new EncodingGeometry(newCenterMeters, read, phase, slice);
    }

    /** The point {@code r} metres along read, {@code p} along phase and {@code s} along slice from the centre. */
    public Vec3 pointMeters(double r, double p, double s) {
        return centerMeters.plus(read.scaled(r)).plus(phase.scaled(p)).plus(slice.scaled(s));
    }

    /** The rotation that takes the logical axes (read, phase, slice) to patient LPS. */
    public Rotation rotation() {
        return Rotation.toAxes(read.normalized(), phase.normalized(), slice.normalized());
    }
}
