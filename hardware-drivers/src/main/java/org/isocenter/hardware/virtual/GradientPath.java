package org.isocenter.hardware.virtual;

/**
 * What fields do over a stretch of time: q(t), the gradients' integral since its start, at its end, and the two moments of q
 * that diffusion needs; what concomitant fields add, in turns per square metre; and by how much all spins turn alike. Turns
 * per metre and seconds. Grows; one thread.
 */
final class GradientPath {
    private double x;
    private double y;
    private double z;
    private double seconds;
    private double momentX;
    private double momentY;
    private double momentZ;
    private double square;
    private double commonTurns;
    /** Of x², y², z², xy, xz, yz; null when there were no concomitant fields. */
    private double[] quadratic;

    /** A constant gradient, with its concomitant fields, for so long. */
    void add(GradientField field, double duration) {
        add(field.x(), field.y(), field.z(), duration);
        if (field.quadratic() != null) {
            if (quadratic == null) {
                quadratic = new double[GradientField.QUADRATIC];
            }
            for (int k = 0; k < quadratic.length; k++) {
                quadratic[k] += field.quadratic()[k] * duration;
            }
        }
    }

    /** This path with so many turns more of all spins. */
    GradientPath plusCommon(double turns) {
        if (turns == 0) {
            return this;
        }
        GradientPath path = new GradientPath();
        path.x = x;
        path.y = y;
        path.z = z;
        path.seconds = seconds;
        path.momentX = momentX;
        path.momentY = momentY;
        path.momentZ = momentZ;
        path.square = square;
        path.quadratic = quadratic == null ? null : quadratic.clone();
        path.commonTurns = commonTurns + turns;
        return path;
    }

    /** At once: turns/m along x, y, z, and turns of all spins. */
    void addTurns(double[] turns) {
        x += turns[0];
        y += turns[1];
        z += turns[2];
        commonTurns += turns[3];
    }

    /** All spins turn by so much, wherever they are. */
    void addCommon(double turns) {
        commonTurns += turns;
    }

    /** A constant gradient for so long. */
    void add(double gx, double gy, double gz, double duration) {
        double half = 0.5 * duration * duration;
        momentX += x * duration + gx * half;
        momentY += y * duration + gy * half;
        momentZ += z * duration + gz * half;
        square += (x * x + y * y + z * z) * duration
                + 2 * (x * gx + y * gy + z * gz) * half
                + (gx * gx + gy * gy + gz * gz) * duration * duration * duration / 3;
        x += gx * duration;
        y += gy * duration;
        z += gz * duration;
        seconds += duration;
    }

    /** Another path after this one; its concomitant fields and common turns are left out. */
    void append(GradientPath other) {
        square += other.squareFrom(x, y, z);
        momentX += x * other.seconds + other.momentX;
        momentY += y * other.seconds + other.momentY;
        momentZ += z * other.seconds + other.momentZ;
        x += other.x;
        y += other.y;
        z += other.z;
        seconds += other.seconds;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double z() {
        return z;
    }

    double seconds() {
        return seconds;
    }

    /** The integral of q(t), in turns s/m, as those along y and z. */
    double momentX() {
        return momentX;
    }

    double momentY() {
        return momentY;
    }

    double momentZ() {
        return momentZ;
    }

    /** By how much all spins turn, wherever they are. */
    double commonTurns() {
        return commonTurns;
    }

    /** Turns per square metre of x², y², z², xy, xz, yz; null when there are none. Not to be changed. */
    double[] quadratic() {
        return quadratic;
    }

    /** Whether it changes any spin. */
    boolean isEmpty() {
        return seconds == 0 && x == 0 && y == 0 && z == 0 && commonTurns == 0;
    }

    /** ∫|k0 + q|² dt for a spin's phase gradient k0 at the start, in turns² s/m². */
    double squareFrom(double kx, double ky, double kz) {
        return (kx * kx + ky * ky + kz * kz) * seconds + 2 * (kx * momentX + ky * momentY + kz * momentZ) + square;
    }
}
