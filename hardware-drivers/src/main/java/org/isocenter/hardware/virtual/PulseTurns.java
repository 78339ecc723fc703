package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * The rotations that a pulse gives to many spins, without relaxation: Bloch's equation solved exactly in each held step, as
 * products of unit quaternions. The pulse is cut into segments, so that relaxation can be put between them.
 *
 * <p>The cosine and sine of a step's half angle are entire functions of the angle's square: a short power series of it needs
 * neither root nor branch, so the loops run in vector registers.
 */
final class PulseTurns {
    /** Largest half angle that one evaluation of the series takes (error 1e-11). */
    private static final double LARGEST_HALF_ANGLE = 1;

    final int spins;
    final int segments;
    final double[] segmentSeconds;
    /** Quaternion of each segment and spin, scalar first: {@code [segment][spin]}. */
    final double[][] w;

    final double[][] x;
    final double[][] y;
    final double[][] z;

    private PulseTurns(int spins, int segments) {
        this.spins = spins;
        this.segments = segments;
        segmentSeconds = new double[segments];
        w = new double[segments][spins];
        x = new double[segments][spins];
        y = new double[segments][spins];
        z = new double[segments][spins];
    }

    /** For spins with these offsets, which must include a constant gradient's part. */
    static PulseTurns atOffsets(Pulse pulse, double[] offsetHertz, int segments) {
        PulseTurns turns = new PulseTurns(offsetHertz.length, segments);
        turns.play(pulse, offsetHertz, null);
        return turns;
    }

    /** For spins at these places, under whatever gradients the pulse has. */
    static PulseTurns atPlaces(Pulse pulse, double[] offsetHertz, float[][] placeMeters, int segments) {
        PulseTurns turns = new PulseTurns(offsetHertz.length, segments);
        turns.play(pulse, offsetHertz, placeMeters);
        return turns;
    }

    private void play(Pulse pulse, double[] offsetHertz, float[][] place) {
        double[] delta = offsetHertz.clone();
        double[] cosine = new double[spins];
        double[] sine = new double[spins];
        double largest = 0;
        double total = pulse.durationSeconds();
        double time = 0;
        for (double[] scalars : w) {
            Arrays.fill(scalars, 1);
        }
        for (int step = 0; step < pulse.steps(); step++) {
            if (place != null) {
                offsets(pulse, step, offsetHertz, place, delta);
            }
            if (step == 0 || place != null) {
                largest = largestMagnitude(delta);
            }
            double b1 = pulse.amplitudeHertz(step);
            double seconds = pulse.stepSeconds(step);
            double halfAngle = Math.PI * seconds * Math.hypot(b1, largest);
            int forSeries = (int) Math.ceil(halfAngle / LARGEST_HALF_ANGLE);
            int forRelaxation = (int) Math.ceil(segments * seconds / total - 1e-9);
            int parts = Math.max(1, Math.max(forSeries, forRelaxation));
            double dt = seconds / parts;
            halfAngles(delta, b1, dt, cosine, sine);
            double bx = b1 * Math.cos(pulse.phaseRadians(step));
            double by = b1 * Math.sin(pulse.phaseRadians(step));
            for (int part = 0; part < parts; part++) {
                int segment = Math.min(segments - 1, (int) (segments * (time + 0.5 * dt) / total));
                multiply(bx, by, delta, cosine, sine, w[segment], x[segment], y[segment], z[segment]);
                segmentSeconds[segment] += dt;
                time += dt;
            }
        }
    }

    private static void offsets(Pulse pulse, int step, double[] offset, float[][] place, double[] delta) {
        GradientField field = pulse.field(step);
        for (int i = 0; i < delta.length; i++) {
            delta[i] = offset[i] + field.hertzAt(place[0][i], place[1][i], place[2][i]);
        }
    }

    private static double largestMagnitude(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** cos(h) and sin(h)·πdt/h of the half angle h = πdt·√(b1²+δ²). */
    private static void halfAngles(double[] delta, double b1, double dt, double[] cosine, double[] sine) {
        double scale = Math.PI * dt;
        double scaleSquared = scale * scale;
        double b1Squared = b1 * b1;
        for (int i = 0; i < delta.length; i++) {
            double q = scaleSquared * (b1Squared + delta[i] * delta[i]);
            double p = q / 479001600 - 1.0 / 3628800;
            p = p * q + 1.0 / 40320;
            p = p * q - 1.0 / 720;
            p = p * q + 1.0 / 24;
            p = p * q - 1.0 / 2;
            cosine[i] = p * q + 1;
        }
        for (int i = 0; i < delta.length; i++) {
            double q = scaleSquared * (b1Squared + delta[i] * delta[i]);
            double p = q / 6227020800.0 - 1.0 / 39916800;
            p = p * q + 1.0 / 362880;
            p = p * q - 1.0 / 5040;
            p = p * q + 1.0 / 120;
            p = p * q - 1.0 / 6;
            sine[i] = scale * (p * q + 1);
        }
    }

    private static void multiply(
            double bx,
            double by,
            double[] delta,
            double[] cosine,
            double[] sine,
            double[] w,
            double[] x,
            double[] y,
            double[] z) {
        for (int i = 0; i < w.length; i++) {
            double c = cosine[i];
            double s = sine[i];
            double vx = s * bx;
            double vy = s * by;
            double vz = s * delta[i];
            double w0 = w[i];
            double x0 = x[i];
            double y0 = y[i];
            double z0 = z[i];
            w[i] = c * w0 - vx * x0 - vy * y0 - vz * z0;
            x[i] = c * x0 + vx * w0 + vy * z0 - vz * y0;
            y[i] = c * y0 + vy * w0 + vz * x0 - vx * z0;
            z[i] = c * z0 + vz * w0 + vx * y0 - vy * x0;
        }
    }
}
