package org.isocenter.hardware.virtual;

import java.util.List;
import org.isocenter.hardware.GradientImperfections;

/**
 * Where gradients that are not quite linear take a point to be: each axis has a field of third order beside the linear one,
 * the solid harmonic u³ - 3/2·u·(v²+w²), which on the axis itself is too large by a given share at 100 mm.
 */
final class GradientWarp {
    private static final double REFERENCE_RADIUS_METERS = GradientImperfections.NONLINEARITY_RADIUS_METERS;

    private final double[] share;

    private GradientWarp(List<Double> nonlinearity) {
        share = nonlinearity.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static GradientWarp of(GradientImperfections gradients) {
        return new GradientWarp(gradients.nonlinearity());
    }

    boolean isNone() {
        return share[0] == 0 && share[1] == 0 && share[2] == 0;
    }

    double seenX(double x, double y, double z) {
        return x + share[0] * third(x, y, z);
    }

    double seenY(double x, double y, double z) {
        return y + share[1] * third(y, x, z);
    }

    double seenZ(double x, double y, double z) {
        return z + share[2] * third(z, x, y);
    }

    private static double third(double u, double v, double w) {
        return u * (u * u - 1.5 * (v * v + w * w)) / (REFERENCE_RADIUS_METERS * REFERENCE_RADIUS_METERS);
    }

    /** Radius of a ball that holds what is seen of a ball; nowhere is the harmonic larger than the radius' third power. */
    double seenRadius(double radius) {
        double largest = Math.sqrt(share[0] * share[0] + share[1] * share[1] + share[2] * share[2]);
        return radius + largest * radius * radius * radius / (REFERENCE_RADIUS_METERS * REFERENCE_RADIUS_METERS);
    }
}
