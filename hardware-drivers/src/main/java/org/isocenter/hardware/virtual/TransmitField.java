package org.isocenter.hardware.virtual;

import org.isocenter.hardware.TransmitImperfections;

/**
 * B1+ by place, over B1+ at the isocentre: (1 - f)^s with s = (z² - (x² + y²)/2) / (100 mm)². To second order that is the field
 * along the axis of a solenoid that lies along z (weaker towards its ends, stronger towards its windings, as every field
 * in free space whose axis is z); the power keeps it positive however far away. Its phase is the same everywhere.
 *
 * @param inhomogeneityFraction f: by how much it is weaker at z = ±100 mm; below 1
 */
record TransmitField(double inhomogeneityFraction) {
    static final TransmitField UNIFORM = new TransmitField(0);

    private static final double REFERENCE_RADIUS_METERS = 0.1;

    static TransmitField of(TransmitImperfections imperfections) {
        return new TransmitField(imperfections.b1InhomogeneityFraction());
    }

    double factorAt(double x, double y, double z) {
        double shape = (z * z - 0.5 * (x * x + y * y)) / (REFERENCE_RADIUS_METERS * REFERENCE_RADIUS_METERS);
        return Math.pow(1 - inhomogeneityFraction, shape);
    }

    /** The factor at each place, or null when it is 1 everywhere. */
    float[] factors(float[] x, float[] y, float[] z) {
        if (inhomogeneityFraction == 0) {
            return null;
        }
        float[] factors = new float[x.length];
        for (int i = 0; i < factors.length; i++) {
            factors[i] = (float) factorAt(x[i], y[i], z[i]);
        }
        return factors;
    }
}
