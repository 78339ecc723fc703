package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * What a pulse does to many spins before relaxation is known: the rotations, as products of unit quaternions, stroke by stroke
 * ({@link PulseStrokes}); and what any relaxation will need. The pulse is cut into segments. In the frame that turns with a
 * spin from its segment's start, relaxation acts along the direction n(t) into which the z axis has come: the integrals of n
 * and n·nᵀ over either half of a segment are all that {@link AffineMaps} needs of the way.
 *
 * <p>The cosine and sine of a small angle are a short power series of its square, without root or branch: so the loops run in
 * vector registers.
 */
final class PulseTurns {
    /** Integrals of n: x, y, z; of n·nᵀ: xx, xy, xz, yy, yz (its trace is the time). */
    static final int INTEGRALS = 8;

    final int spins;
    final int segments;
    /** Of a half segment. */
    final double halfSeconds;
    /** Quaternion of each segment and spin, scalar first: {@code [segment][spin]}. */
    final double[][] w;

    final double[][] x;
    final double[][] y;
    final double[][] z;
    /** {@code [half segment][integral][spin]} in seconds; null when only the rotations were asked for. */
    final double[][][] integral;

    private final double[] delta;
    private final double[] factor;
    private final double[] cosine;
    private final double[] vx;
    private final double[] vy;
    private final double[] vz;
    private final double[] nx;
    private final double[] ny;
    private final double[] nz;

    private PulseTurns(Pulse pulse, double[] offsetHertz, float[] b1Factor, int segments, int halves) {
        spins = offsetHertz.length;
        this.segments = segments;
        halfSeconds = pulse.durationSeconds() / (2 * segments);
        w = new double[segments][spins];
        x = new double[segments][spins];
        y = new double[segments][spins];
        z = new double[segments][spins];
        integral = halves == 0 ? null : new double[halves][INTEGRALS][spins];
        for (double[] scalars : w) {
            Arrays.fill(scalars, 1);
        }
        delta = offsetHertz.clone();
        factor = new double[spins];
        for (int i = 0; i < spins; i++) {
            factor[i] = b1Factor == null ? 1 : b1Factor[i];
        }
        cosine = new double[spins];
        vx = new double[spins];
        vy = new double[spins];
        vz = new double[spins];
        nx = new double[spins];
        ny = new double[spins];
        nz = new double[spins];
    }

    /**
     * The rotations alone, of the whole pulse, for spins with these offsets, which must include a constant gradient's part.
     */
    static PulseTurns rotations(Pulse pulse, double[] offsetHertz) {
        PulseTurns turns = new PulseTurns(pulse, offsetHertz, null, 1, 0);
        double[] largest = new double[pulse.steps()];
        Arrays.fill(largest, largestMagnitude(offsetHertz));
        turns.play(new PulseStrokes(pulse, largest, 1, 1));
        return turns;
    }

    /**
     * For spins with these offsets, which must include a constant gradient's part.
     *
     * @param b1Factor of each spin, or null for 1
     */
    static PulseTurns atOffsets(Pulse pulse, double[] offsetHertz, float[] b1Factor, int segments) {
        PulseTurns turns = new PulseTurns(pulse, offsetHertz, b1Factor, segments, 2 * segments);
        double[] largest = new double[pulse.steps()];
        Arrays.fill(largest, largestMagnitude(offsetHertz));
        turns.play(new PulseStrokes(pulse, largest, largestMagnitude(turns.factor), 2 * segments));
        return turns;
    }

    /**
     * For spins at these places, under whatever gradients the pulse has.
     *
     * @param offsetHertz without gradients
     * @param placeMeters {x, y, z}[spin]
     * @param b1Factor of each spin, or null for 1
     */
    static PulseTurns atPlaces(
            Pulse pulse, double[] offsetHertz, float[][] placeMeters, float[] b1Factor, int segments) {
        PulseTurns turns = new PulseTurns(pulse, offsetHertz, b1Factor, segments, 2 * segments);
        double radius = 0;
        for (int i = 0; i < offsetHertz.length; i++) {
            double inPlane = Math.hypot(placeMeters[0][i], placeMeters[1][i]);
            radius = Math.max(radius, Math.hypot(inPlane, placeMeters[2][i]));
        }
        double own = largestMagnitude(offsetHertz);
        double[] largest = new double[pulse.steps()];
        for (int step = 0; step < largest.length; step++) {
            largest[step] = own + pulse.field(step).largestHertz(radius);
        }
        PulseStrokes strokes = new PulseStrokes(pulse, largest, largestMagnitude(turns.factor), 2 * segments);
        turns.play(pulse, strokes, offsetHertz, placeMeters);
        return turns;
    }

    private static double largestMagnitude(double[] values) {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private void play(PulseStrokes strokes) {
        for (int stroke = 0; stroke < strokes.count(); stroke++) {
            play(strokes, stroke);
        }
    }

    private void play(Pulse pulse, PulseStrokes strokes, double[] offsetHertz, float[][] place) {
        GradientField last = null;
        for (int stroke = 0; stroke < strokes.count(); stroke++) {
            GradientField field = pulse.field(strokes.step(stroke));
            if (last == null || !field.sameAs(last)) {
                for (int i = 0; i < spins; i++) {
                    delta[i] = offsetHertz[i] + field.hertzAt(place[0][i], place[1][i], place[2][i]);
                }
                last = field;
            }
            play(strokes, stroke);
        }
    }

    private void play(PulseStrokes strokes, int stroke) {
        int interval = strokes.interval(stroke);
        double length = strokes.seconds(stroke);
        // Simpson's rule over the stroke: n at its start, middle and end.
        int segment = interval / 2;
        if (integral != null && (stroke == 0 || strokes.interval(stroke - 1) != interval)) {
            integrate(segment, interval, length / 6);
        }
        halfAngles(strokes, stroke, 0);
        multiply(segment);
        if (integral != null) {
            integrate(segment, interval, length * 2 / 3);
        }
        halfAngles(strokes, stroke, 1);
        multiply(segment);
        if (integral != null) {
            boolean last = stroke == strokes.count() - 1 || strokes.interval(stroke + 1) != interval;
            integrate(segment, interval, (length + (last ? 0 : strokes.seconds(stroke + 1))) / 6);
        }
    }

    /** Cosine of half the angle by which half a stroke turns, and its sine along B1 and offset. */
    private void halfAngles(PulseStrokes strokes, int stroke, int half) {
        double[] d = delta;
        double[] f = factor;
        double[] c = cosine;
        double[] sx = vx;
        double[] sy = vy;
        double[] sz = vz;
        double scale = Math.PI * 0.5 * strokes.seconds(stroke);
        double x0 = scale * strokes.coefficient(stroke, half, 0);
        double y0 = scale * strokes.coefficient(stroke, half, 1);
        double x1 = scale * strokes.coefficient(stroke, half, 2);
        double y1 = scale * strokes.coefficient(stroke, half, 3);
        double x2 = scale * strokes.coefficient(stroke, half, 4);
        double y2 = scale * strokes.coefficient(stroke, half, 5);
        double shift = scale * strokes.coefficient(stroke, half, 6);
        for (int i = 0; i < d.length; i++) {
            double offset = d[i];
            double b = f[i];
            double hx = b * (x0 + offset * (x1 + offset * x2));
            double hy = b * (y0 + offset * (y1 + offset * y2));
            double hz = scale * offset + b * b * shift;
            double q = hx * hx + hy * hy + hz * hz;
            c[i] = 1 + q * (-1.0 / 2 + q * (1.0 / 24 + q * (-1.0 / 720 + q * (1.0 / 40320))));
            double s = 1 + q * (-1.0 / 6 + q * (1.0 / 120 + q * (-1.0 / 5040 + q * (1.0 / 362880))));
            sx[i] = s * hx;
            sy[i] = s * hy;
            sz[i] = s * hz;
        }
    }

    private void multiply(int segment) {
        multiply(cosine, vx, vy, vz, w[segment], x[segment], y[segment], z[segment]);
    }

    private static void multiply(
            double[] c, double[] vx, double[] vy, double[] vz, double[] w, double[] x, double[] y, double[] z) {
        for (int i = 0; i < w.length; i++) {
            double w0 = w[i];
            double x0 = x[i];
            double y0 = y[i];
            double z0 = z[i];
            w[i] = c[i] * w0 - vx[i] * x0 - vy[i] * y0 - vz[i] * z0;
            x[i] = c[i] * x0 + vx[i] * w0 + vy[i] * z0 - vz[i] * y0;
            y[i] = c[i] * y0 + vy[i] * w0 + vz[i] * x0 - vx[i] * z0;
            z[i] = c[i] * z0 + vz[i] * w0 + vx[i] * y0 - vy[i] * x0;
        }
    }

    private void integrate(int segment, int half, double seconds) {
        double[][] sum = integral[half];
        direction(w[segment], x[segment], y[segment], z[segment], nx, ny, nz);
        add(seconds, nx, ny, nz, sum[0], sum[1], sum[2]);
        addProducts(seconds, nx, ny, nz, sum[3], sum[4], sum[5]);
        addProducts(seconds, ny, nz, sum[6], sum[7]);
    }

    private static void direction(
            double[] w, double[] x, double[] y, double[] z, double[] nx, double[] ny, double[] nz) {
        for (int i = 0; i < w.length; i++) {
            nx[i] = 2 * (x[i] * z[i] - w[i] * y[i]);
            ny[i] = 2 * (y[i] * z[i] + w[i] * x[i]);
            nz[i] = 1 - 2 * (x[i] * x[i] + y[i] * y[i]);
        }
    }

    private static void add(
            double weight, double[] nx, double[] ny, double[] nz, double[] sumX, double[] sumY, double[] sumZ) {
        for (int i = 0; i < nx.length; i++) {
            sumX[i] += weight * nx[i];
            sumY[i] += weight * ny[i];
            sumZ[i] += weight * nz[i];
        }
    }

    /** The first with itself and with the others. */
    private static void addProducts(
            double weight, double[] one, double[] other, double[] third, double[] sum1, double[] sum2, double[] sum3) {
        for (int i = 0; i < one.length; i++) {
            double weighted = weight * one[i];
            sum1[i] += weighted * one[i];
            sum2[i] += weighted * other[i];
            sum3[i] += weighted * third[i];
        }
    }

    private static void addProducts(double weight, double[] one, double[] other, double[] sum1, double[] sum2) {
        for (int i = 0; i < one.length; i++) {
            double weighted = weight * one[i];
            sum1[i] += weighted * one[i];
            sum2[i] += weighted * other[i];
        }
    }
}
