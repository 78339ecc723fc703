package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * What gradients add to the frequency of a spin, by its place: a linear part, and a quadratic one when concomitant fields
 * are on.
 *
 * @param x Hz/m, as {@code y} and {@code z}
 * @param quadratic coefficients of x², y², z², xy, xz, yz in Hz/m²; null when there are none
 */
record GradientField(double x, double y, double z, double[] quadratic) {
    /** Number of quadratic coefficients. */
    static final int QUADRATIC = 6;

    static GradientField linear(double x, double y, double z) {
        return new GradientField(x, y, z, null);
    }

    double hertzAt(double atX, double atY, double atZ) {
        return sum(x, y, z, quadratic, atX, atY, atZ);
    }

    /** Σ of the coefficients times a place's powers. */
    static double sum(double x, double y, double z, double[] quadratic, double atX, double atY, double atZ) {
        double linear = x * atX + y * atY + z * atZ;
        if (quadratic == null) {
            return linear;
        }
        return linear
                + quadratic[0] * atX * atX
                + quadratic[1] * atY * atY
                + quadratic[2] * atZ * atZ
                + quadratic[3] * atX * atY
                + quadratic[4] * atX * atZ
                + quadratic[5] * atY * atZ;
    }

    /** No spin within this radius gets more, either way. */
    double largestHertz(double radius) {
        double most = Math.sqrt(x * x + y * y + z * z) * radius;
        if (quadratic != null) {
            for (double each : quadratic) {
                most += Math.abs(each) * radius * radius;
            }
        }
        return most;
    }

    double axis(int axis) {
        return axis == 0 ? x : axis == 1 ? y : z;
    }

    /** Whether all coefficients are equal. */
    boolean sameAs(GradientField other) {
        return x == other.x && y == other.y && z == other.z && Arrays.equals(quadratic, other.quadratic);
    }

    boolean isZero() {
        return x == 0 && y == 0 && z == 0;
    }
}
