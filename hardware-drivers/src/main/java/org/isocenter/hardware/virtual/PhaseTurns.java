package org.isocenter.hardware.virtual;

/**
 * What the phase of a spin is made of: turns per metre of its x, y, z, seconds of its offset, turns per square metre of x²,
 * y², z², xy, xz, yz, or null for none of these.
 */
record PhaseTurns(double x, double y, double z, double seconds, double[] quadratic) {

    /**
     * The part of a path's turns that counts at the place where it begins, for spins that go straight on at constant velocity.
     * With K the gradient's integral over the path of length T and m the integral of that integral, ∫G·r dt is r(0)·m/T +
     * r(T)·(K - m/T). Concomitant fields are taken to be spread evenly over the path.
     */
    static PhaseTurns ofStart(GradientPath path) {
        double scale = path.seconds() == 0 ? 0 : 1 / path.seconds();
        return new PhaseTurns(
                path.momentX() * scale,
                path.momentY() * scale,
                path.momentZ() * scale,
                0.5 * path.seconds(),
                scaled(path.quadratic(), 0.5));
    }

    /** And the part that counts at the place where it ends. */
    static PhaseTurns ofEnd(GradientPath path) {
        PhaseTurns start = ofStart(path);
        return new PhaseTurns(
                path.x() - start.x, path.y() - start.y, path.z() - start.z, start.seconds, start.quadratic);
    }

    PhaseTurns negative() {
        return new PhaseTurns(-x, -y, -z, -seconds, scaled(quadratic, -1));
    }

    private static double[] scaled(double[] values, double factor) {
        if (values == null) {
            return null;
        }
        double[] scaled = values.clone();
        for (int k = 0; k < scaled.length; k++) {
            scaled[k] *= factor;
        }
        return scaled;
    }
}
