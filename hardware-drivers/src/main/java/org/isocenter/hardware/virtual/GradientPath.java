package org.isocenter.hardware.virtual;

/**
 * What gradients do over a stretch of time: q(t), their integral since its start, at its end, and the two moments of q that
 * diffusion needs. Turns per metre and seconds. Grows; one thread.
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

    /** ∫|k0 + q|² dt for a spin's phase gradient k0 at the start, in turns² s/m². */
    double squareFrom(double kx, double ky, double kz) {
        return (kx * kx + ky * ky + kz * kz) * seconds + 2 * (kx * momentX + ky * momentY + kz * momentZ) + square;
    }
}
