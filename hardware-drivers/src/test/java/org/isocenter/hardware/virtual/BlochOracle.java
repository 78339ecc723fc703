package org.isocenter.hardware.virtual;

import org.isocenter.hardware.virtual.phantom.Material;

/** Bloch's equation the straight, slow way: fourth-order Runge-Kutta in small steps. What the fast code is held against. */
final class BlochOracle {
    private BlochOracle() {}

    /**
     * Plays the pulse on one spin.
     *
     * @param offsetHertz with the gradient's part in it
     * @param m magnetisation before; after it on return
     */
    static void play(Pulse pulse, double offsetHertz, Material material, double stepSeconds, double[] m) {
        play(pulse, offsetHertz, new double[3], 1, material, stepSeconds, m);
    }

    /**
     * Plays the pulse on one spin at this place, where B1 is stronger than asked for by a factor.
     *
     * @param offsetHertz without the part of the pulse's gradients
     */
    static void play(
            Pulse pulse,
            double offsetHertz,
            double[] place,
            double b1Factor,
            Material material,
            double stepSeconds,
            double[] m) {
        for (int i = 0; i < pulse.steps(); i++) {
            int parts = (int) Math.ceil(pulse.stepSeconds(i) / stepSeconds);
            double dt = pulse.stepSeconds(i) / parts;
            double df = offsetHertz + pulse.field(i).hertzAt(place[0], place[1], place[2]);
            double bx = b1Factor * pulse.amplitudeHertz(i) * Math.cos(pulse.phaseRadians(i));
            double by = b1Factor * pulse.amplitudeHertz(i) * Math.sin(pulse.phaseRadians(i));
            for (int part = 0; part < parts; part++) {
                step(m, bx, by, df, material, dt);
            }
        }
    }

    /** One step under B1 and offset in Hz. */
    static void step(double[] m, double bx, double by, double df, Material material, double dt) {
        double[] k1 = derivative(m, bx, by, df, material);
        double[] k2 = derivative(moved(m, k1, dt / 2), bx, by, df, material);
        double[] k3 = derivative(moved(m, k2, dt / 2), bx, by, df, material);
        double[] k4 = derivative(moved(m, k3, dt), bx, by, df, material);
        for (int i = 0; i < 3; i++) {
            m[i] += dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
        }
    }

    private static double[] moved(double[] m, double[] k, double dt) {
        return new double[] {m[0] + dt * k[0], m[1] + dt * k[1], m[2] + dt * k[2]};
    }

    /** dM/dt = 2π(bx, by, δ) × M, and relaxation. */
    private static double[] derivative(double[] m, double bx, double by, double df, Material material) {
        double w = 2 * Math.PI;
        return new double[] {
            w * (by * m[2] - df * m[1]) - m[0] / material.t2Seconds(),
            w * (df * m[0] - bx * m[2]) - m[1] / material.t2Seconds(),
            w * (bx * m[1] - by * m[0]) + (1 - m[2]) / material.t1Seconds()
        };
    }
}
