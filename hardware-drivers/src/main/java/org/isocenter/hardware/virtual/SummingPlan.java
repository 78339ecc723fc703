package org.isocenter.hardware.virtual;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One way to sum up windows of the same curves: the matrices that make samples of the terms of expansions. Safe for any thread. */
final class SummingPlan {
    private final PhaseCurves curves;
    private final PhaseBasis basis;
    private final Map<Expansion, float[][]> coefficients = new ConcurrentHashMap<>();
    /** Blocks of different sizes have many of these in common. */
    private final Map<Polynomials, float[][]> polynomials = new ConcurrentHashMap<>();

    private double[][] ways; // [direction][sample]

    /** The first so many of a direction, for spins within a range. */
    private record Polynomials(int direction, double range, int degrees) {}

    SummingPlan(PhaseCurves curves, PhaseBasis basis) {
        this.curves = curves;
        this.basis = basis;
    }

    PhaseCurves curves() {
        return curves;
    }

    PhaseBasis basis() {
        return basis;
    }

    /** {@code [term][sample]}, without the powers of i. */
    float[][] coefficients(Expansion expansion) {
        return coefficients.computeIfAbsent(expansion, this::make);
    }

    private float[][] make(Expansion expansion) {
        int directions = expansion.range.length;
        float[][] made = new float[expansion.terms()][curves.samples];
        if (directions == 0) {
            Arrays.fill(made[0], 1);
            return made;
        }
        float[][][] values = new float[directions][][];
        for (int k = 0; k < directions; k++) {
            values[k] = polynomials.computeIfAbsent(
                    new Polynomials(k, expansion.range[k], expansion.degrees[k]), this::polynomials);
        }
        // Neighbouring terms differ in the last directions only: products[k] is of the directions up to k.
        float[][] products = new float[directions - 1][curves.samples];
        int[] before = null;
        for (int term = 0; term < made.length; term++) {
            int[] degree = expansion.degree[term];
            int first = before == null ? 0 : Arrays.mismatch(before, degree);
            for (int k = first; k < directions; k++) {
                float[] result = k == directions - 1 ? made[term] : products[k];
                float[] one = values[k][degree[k]];
                if (k == 0) {
                    System.arraycopy(one, 0, result, 0, result.length);
                } else {
                    multiply(products[k - 1], one, result);
                }
            }
            before = degree;
        }
        return made;
    }

    private static void multiply(float[] one, float[] other, float[] result) {
        for (int n = 0; n < result.length; n++) {
            result[n] = one[n] * other[n];
        }
    }

    /** What each polynomial counts: {@code [degree][sample]}. */
    private float[][] polynomials(Polynomials of) {
        float[][] values = new float[of.degrees][curves.samples];
        double[] bessel = new double[of.degrees];
        double[] way = ways()[of.direction];
        for (int n = 0; n < way.length; n++) {
            BesselFunctions.first(2 * Math.PI * way[n] * of.range, bessel);
            for (int m = 0; m < bessel.length; m++) {
                values[m][n] = (float) (m == 0 ? bessel[m] : 2 * bessel[m]);
            }
        }
        return values;
    }

    private synchronized double[][] ways() {
        if (ways == null) {
            ways = new double[basis.reach.length][curves.samples];
            for (int k = 0; k < ways.length; k++) {
                for (int segment = 0; segment < curves.segments; segment++) {
                    for (int n = curves.from(segment); n < curves.to(segment); n++) {
                        ways[k][n] = basis.way(k, curves, segment, n);
                    }
                }
            }
        }
        return ways;
    }
}
