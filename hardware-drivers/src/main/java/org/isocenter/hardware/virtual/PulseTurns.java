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
    private double[] spareW;
    private double[] spareX;
    private double[] spareY;
    private double[] spareZ;

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
        spareW = new double[spins];
        spareX = new double[spins];
        spareY = new double[spins];
        spareZ = new double[spins];
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
        double scale = Math.PI * 0.5 * strokes.seconds(stroke);
        double x0 = scale * strokes.coefficient(stroke, half, 0);
        double y0 = scale * strokes.coefficient(stroke, half, 1);
        double x1 = scale * strokes.coefficient(stroke, half, 2);
        double y1 = scale * strokes.coefficient(stroke, half, 3);
        double x2 = scale * strokes.coefficient(stroke, half, 4);
        double y2 = scale * strokes.coefficient(stroke, half, 5);
        double shift = scale * strokes.coefficient(stroke, half, 6);
        along(x0, x1, x2, delta, factor, vx);
        along(y0, y1, y2, delta, factor, vy);
        offsets(scale, shift, delta, factor, vz);
        double[] square = nx;
        double[] sine = ny;
        squares(vx, vy, vz, square);
        cosines(square, cosine);
        sines(square, sine);
        scale(sine, vx);
        scale(sine, vy);
        scale(sine, vz);
    }

    private static void along(double h0, double h1, double h2, double[] offset, double[] factor, double[] h) {
        for (int i = 0; i < h.length; i++) {
            h[i] = factor[i] * (h0 + offset[i] * (h1 + offset[i] * h2));
        }
    }

    private static void offsets(double scale, double shift, double[] offset, double[] factor, double[] h) {
        for (int i = 0; i < h.length; i++) {
            h[i] = scale * offset[i] + factor[i] * factor[i] * shift;
        }
    }

    private static void squares(double[] x, double[] y, double[] z, double[] square) {
        for (int i = 0; i < square.length; i++) {
            square[i] = x[i] * x[i] + y[i] * y[i] + z[i] * z[i];
        }
    }

    private static void cosines(double[] square, double[] cosine) {
        for (int i = 0; i < cosine.length; i++) {
            double q = square[i];
            cosine[i] = 1 + q * (-1.0 / 2 + q * (1.0 / 24 + q * (-1.0 / 720 + q * (1.0 / 40320))));
        }
    }

    /** Over the angle. */
    private static void sines(double[] square, double[] sine) {
        for (int i = 0; i < sine.length; i++) {
            double q = square[i];
            sine[i] = 1 + q * (-1.0 / 6 + q * (1.0 / 120 + q * (-1.0 / 5040 + q * (1.0 / 362880))));
        }
    }

    private static void scale(double[] by, double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= by[i];
        }
    }

    /** The product goes into the spare arrays, which then change places with the segment's. */
    private void multiply(int segment) {
        double[] w0 = w[segment];
        double[] x0 = x[segment];
        double[] y0 = y[segment];
        double[] z0 = z[segment];
        differences(cosine, w0, vx, x0, spareW);
        takeProducts(vy, y0, vz, z0, spareW);
        products(cosine, x0, vx, w0, spareX);
        addDifferences(vy, z0, vz, y0, spareX);
        products(cosine, y0, vy, w0, spareY);
        addDifferences(vz, x0, vx, z0, spareY);
        products(cosine, z0, vz, w0, spareZ);
        addDifferences(vx, y0, vy, x0, spareZ);
        w[segment] = spareW;
        x[segment] = spareX;
        y[segment] = spareY;
        z[segment] = spareZ;
        spareW = w0;
        spareX = x0;
        spareY = y0;
        spareZ = z0;
    }

    private static void products(double[] a, double[] x, double[] b, double[] y, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] * x[i] + b[i] * y[i];
        }
    }

    private static void differences(double[] a, double[] x, double[] b, double[] y, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] = a[i] * x[i] - b[i] * y[i];
        }
    }

    private static void takeProducts(double[] a, double[] x, double[] b, double[] y, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] -= a[i] * x[i] + b[i] * y[i];
        }
    }

    private static void addDifferences(double[] a, double[] x, double[] b, double[] y, double[] result) {
        for (int i = 0; i < result.length; i++) {
            result[i] += a[i] * x[i] - b[i] * y[i];
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
        differences(x, z, w, y, nx);
        products(y, z, w, x, ny);
        for (int i = 0; i < nz.length; i++) {
            nz[i] = 1 - 2 * (x[i] * x[i] + y[i] * y[i]);
        }
        twice(nx);
        twice(ny);
    }

    private static void twice(double[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= 2;
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
