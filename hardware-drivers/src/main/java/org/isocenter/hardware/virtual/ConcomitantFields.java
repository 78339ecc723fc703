package org.isocenter.hardware.virtual;

import org.isocenter.hardware.GradientImperfections.ConcomitantAxis;

/**
 * The field that every gradient brings with it across the main field, and what it adds to the field's magnitude:
 * |B⊥|²/(2·B0), to second order. The next order is smaller by the gradient's own field over B0: 3 % at 47 mT, 15 mT/m and
 * 100 mm.
 *
 * <p>With the main field along z the coils are those of a cylinder around it: Bernstein et al., Magn Reson Med 39:300, 1998,
 * eq. 6 with α = 1/2: B⊥ = (Gx·z - Gz·x/2, Gy·z - Gz·y/2).
 *
 * <p>In a Halbach magnet the field lies across the bore (x or y), and the coils on a long cylinder along z. Those two that
 * encode across the bore have a field that does not change along it, so div B = 0 and curl B = 0 leave the plane quadrupoles:
 * for B0 along x, Gx·(x, -y, 0) and Gy·(y, x, 0); that is Bernstein's α = 1 in place of 1/2. The one along the bore is
 * Gz·(z, 0, x). Hence B⊥ = (Gy·x - Gx·y, Gz·x). With B0 along y, x and y change places.
 */
record ConcomitantFields(ConcomitantAxis axis, double larmorHertz) {
    static final ConcomitantFields NONE = new ConcomitantFields(ConcomitantAxis.NONE, 1);

    /** A gradient in Hz/m and what comes with it. */
    GradientField with(double gx, double gy, double gz) {
        return new GradientField(gx, gy, gz, under(gx, gy, gz));
    }

    /** Coefficients of x², y², z², xy, xz, yz in Hz/m² under gradients in Hz/m; null when there are none. */
    double[] under(double gx, double gy, double gz) {
        if (axis == ConcomitantAxis.NONE || gx == 0 && gy == 0 && gz == 0) {
            return null;
        }
        double[] sums = switch (axis) {
            case X -> new double[] {gy * gy + gz * gz, gx * gx, 0, -2 * gx * gy, 0, 0};
            case Y -> new double[] {gy * gy, gx * gx + gz * gz, 0, -2 * gx * gy, 0, 0};
            default -> new double[] {gz * gz / 4, gz * gz / 4, gx * gx + gy * gy, 0, -gx * gz, -gy * gz};
        };
        for (int k = 0; k < sums.length; k++) {
            sums[k] /= 2 * larmorHertz;
        }
        return sums;
    }

    boolean on() {
        return axis != ConcomitantAxis.NONE;
    }
}
