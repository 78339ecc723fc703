package org.isocenter.hardware.virtual.phantom;

/** An ellipsoid with its axes along x, y and z: centre and half axes in metres. */
record Ellipsoid(double cx, double cy, double cz, double ax, double ay, double az) {
    /** 0 at the centre, 1 on the surface. */
    double radius(double x, double y, double z) {
        return Math.sqrt(square(x, y, z));
    }

    boolean contains(double x, double y, double z) {
        return square(x, y, z) <= 1;
    }

    private double square(double x, double y, double z) {
        double dx = (x - cx) / ax;
        double dy = (y - cy) / ay;
        double dz = (z - cz) / az;
        return dx * dx + dy * dy + dz * dz;
    }
}
