package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * How far the coordinates of spins turn them in the course of an ADC window: coefficients of x, y, z, offset and, with
 * concomitant fields, x², y², z², xy, xz, yz by sample ({@link Window#curves}), cut into segments of equally many samples.
 * Each segment is taken from a moment of its own, in the middle of what it runs through.
 */
final class PhaseCurves {
    /** A segment's middle that is nearer to the window's own moment, as a share of the way that it goes, is not worth it. */
    private static final double NEAR = 0.05;

    private static final double TURN_NANOSECONDS = 0.8;
    private static final double TERM_NANOSECONDS = 0.12;
    private static final double MATRIX_NANOSECONDS = 0.15;

    /** Of a matrix with more elements than this, most come from main memory each time, at this many times the cost. */
    private static final int MOST_CACHED = 100_000;

    private static final double UNCACHED = 4;

    final double[][] curve; // [coordinate][sample]
    final int samples;
    final int segmentSamples;
    final int segments;
    /** Where each segment is taken from: {@code [segment][coordinate]}; all zero where that is the window's own moment. */
    final double[][] reference;

    PhaseCurves(double[][] curve, int segmentSamples, double[] extent) {
        this.curve = curve;
        this.segmentSamples = segmentSamples;
        samples = curve[0].length;
        segments = (samples + segmentSamples - 1) / segmentSamples;
        reference = new double[segments][curve.length];
        for (int segment = 0; segment < segments; segment++) {
            setReference(segment, extent);
        }
    }

    private void setReference(int segment, double[] extent) {
        double[] middle = reference[segment];
        double way = 0;
        double away = 0;
        for (int a = 0; a < curve.length; a++) {
            double low = Double.POSITIVE_INFINITY;
            double high = Double.NEGATIVE_INFINITY;
            for (int n = from(segment); n < to(segment); n++) {
                low = Math.min(low, curve[a][n]);
                high = Math.max(high, curve[a][n]);
            }
            middle[a] = 0.5 * (low + high);
            way += (high - low) * extent[a];
            away += Math.abs(middle[a]) * extent[a];
        }
        if (away <= NEAR * way) {
            Arrays.fill(middle, 0);
        }
    }

    int from(int segment) {
        return segment * segmentSamples;
    }

    int to(int segment) {
        return Math.min(samples, (segment + 1) * segmentSamples);
    }

    /** Whether the spins already stand where this segment is taken from. */
    boolean startsHere(int segment) {
        for (double middle : reference[segment]) {
            if (middle != 0) {
                return false;
            }
        }
        return true;
    }

    double relative(int coordinate, int segment, int sample) {
        return curve[coordinate][sample] - reference[segment][coordinate];
    }

    /** About how long it takes per spin to receive it with so many terms, in nanoseconds. */
    double nanosecondsPerSpin(int terms) {
        double turning = segments > 1 || !startsHere(0) ? segments * TURN_NANOSECONDS : 0;
        double matrix = (double) terms * samples * MATRIX_NANOSECONDS / SpinBlock.LARGEST;
        if ((double) terms * samples > MOST_CACHED) {
            matrix *= UNCACHED;
        }
        return turning + terms * segments * TERM_NANOSECONDS + matrix;
    }

    boolean sameAs(double[][] other) {
        return Arrays.deepEquals(curve, other);
    }
}
