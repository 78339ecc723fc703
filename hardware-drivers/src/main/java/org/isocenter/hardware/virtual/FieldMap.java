package org.isocenter.hardware.virtual;

import org.isocenter.hardware.FieldImperfections;

/**
 * Off-resonance by place: a constant and a smooth deviation of second order, made of solid harmonics as every field in
 * free space is.
 */
record FieldMap(double offsetHertz, double deviationHertz) {
    private static final double REFERENCE_RADIUS_METERS = 0.1;

    static FieldMap of(FieldImperfections imperfections, double larmorHertz) {
        return new FieldMap(imperfections.offsetHertz(), imperfections.inhomogeneityPpm() * 1e-6 * larmorHertz);
    }

    double hertzAt(double x, double y, double z) {
        double along = z * z - 0.5 * (x * x + y * y);
        double across = x * x - y * y;
        double tilted = x * z + 0.5 * x * y;
        double shape = 0.8 * along + 0.2 * across + 0.3 * tilted;
        return offsetHertz + deviationHertz * shape / (REFERENCE_RADIUS_METERS * REFERENCE_RADIUS_METERS);
    }
}
