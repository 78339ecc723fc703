package org.isocenter.sequence.design;

import java.util.function.IntToDoubleFunction;

/** Bloch's equation without relaxation the straight, slow way, in the scanner's axes: what profiles are held against. */
final class BlochIntegration {
    private static final int PARTS = 20;

    private BlochIntegration() {}

    /**
     * From equilibrium through samples that each hold for {@code stepSeconds}, by Runge and Kutta's fourth order.
     *
     * @return Mx, My, Mz
     */
    static double[] play(
            int samples, double stepSeconds, IntToDoubleFunction bx, IntToDoubleFunction by, IntToDoubleFunction bz) {
        double[] m = {0, 0, 1};
        double dt = stepSeconds / PARTS;
        for (int i = 0; i < samples; i++) {
            double[] b = {bx.applyAsDouble(i), by.applyAsDouble(i), bz.applyAsDouble(i)};
            for (int part = 0; part < PARTS; part++) {
                double[] k1 = slope(b, m);
                double[] k2 = slope(b, moved(m, k1, dt / 2));
                double[] k3 = slope(b, moved(m, k2, dt / 2));
                double[] k4 = slope(b, moved(m, k3, dt));
                for (int j = 0; j < 3; j++) {
                    m[j] += dt / 6 * (k1[j] + 2 * k2[j] + 2 * k3[j] + k4[j]);
                }
            }
        }
        return m;
    }

    /** dM/dt = 2π·b × M. */
    private static double[] slope(double[] b, double[] m) {
        double w = 2 * Math.PI;
        return new double[] {
            w * (b[1] * m[2] - b[2] * m[1]), w * (b[2] * m[0] - b[0] * m[2]), w * (b[0] * m[1] - b[1] * m[0])
        };
    }

    private static double[] moved(double[] m, double[] k, double dt) {
        return new double[] {m[0] + dt * k[0], m[1] + dt * k[1], m[2] + dt * k[2]};
    }
}
