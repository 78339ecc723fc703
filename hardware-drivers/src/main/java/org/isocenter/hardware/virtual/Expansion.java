package org.isocenter.hardware.virtual;

import java.util.ArrayList;
import java.util.List;

/**
 * e^{i2πΣκξ} for ways |κ| and coordinates |ξ| up to given sizes, as a sum of products of Chebyshev polynomials of the
 * coordinates. In one direction it is J0(z) + 2·Σ i^m·Jm(z)·Tm(ξ/range) with z = 2πκ·range (Abramowitz and Stegun 9.1.44 and
 * 9.1.45); of the products of several directions only those stay that matter. What is left out is below 1e-5.
 */
final class Expansion {
    private static final double SMALLEST_TERM = 5e-7;

    /** More than this is never worth it. */
    static final int MOST_TERMS = 2000;

    /** Half of the spins' range in each direction. */
    final double[] range;
    /** The polynomials' degrees: {@code [term][direction]}. */
    final int[][] degree;
    /** Polynomials needed in each direction. */
    final int[] degrees;
    /** Sum of a term's degrees: its factor is i to this power. */
    final int[] power;

    Expansion(double[] turns, double[] range) {
        this.range = range;
        List<int[]> found = new ArrayList<>();
        collect(bounds(turns), 0, 1, new int[turns.length], found);
        degree = found.toArray(int[][]::new);
        degrees = new int[turns.length];
        power = new int[degree.length];
        for (int term = 0; term < degree.length; term++) {
            for (int k = 0; k < degrees.length; k++) {
                power[term] += degree[term][k];
                degrees[k] = Math.max(degrees[k], degree[term][k] + 1);
            }
        }
    }

    int terms() {
        return degree.length;
    }

    /** How many terms these largest turns in each direction take; beyond {@link #MOST_TERMS} it stops counting. */
    static int terms(double[] turns) {
        List<int[]> found = new ArrayList<>();
        collect(bounds(turns), 0, 1, new int[turns.length], found);
        return found.size();
    }

    /** The most that each polynomial counts, up to the first that does not matter. */
    private static double[][] bounds(double[] turns) {
        double[][] bounds = new double[turns.length][];
        for (int k = 0; k < bounds.length; k++) {
            double z = 2 * Math.PI * turns[k];
            double[] bessel = new double[(int) (1.1 * z + 30)];
            BesselFunctions.first(z, bessel);
            for (int m = 0; m < bessel.length; m++) {
                // Below the order z the largest value lies at some smaller argument.
                bessel[m] = m == 0 || m < z ? 1 : 2 * Math.abs(bessel[m]);
            }
            bounds[k] = bessel;
        }
        return bounds;
    }

    private static void collect(double[][] bounds, int direction, double so, int[] chosen, List<int[]> found) {
        if (direction == bounds.length) {
            found.add(chosen.clone());
            return;
        }
        for (int m = 0; m < bounds[direction].length && found.size() <= MOST_TERMS; m++) {
            double bound = so * bounds[direction][m];
            if (bound < SMALLEST_TERM) {
                break;
            }
            chosen[direction] = m;
            collect(bounds, direction + 1, bound, chosen, found);
        }
        chosen[direction] = 0;
    }
}
