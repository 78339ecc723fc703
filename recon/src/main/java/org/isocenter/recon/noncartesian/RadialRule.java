package org.isocenter.recon.noncartesian;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The weights of an integral over k-space in polar coordinates: along each readout the integral of |k| (2D) or k² (3D) by the
 * trapezoidal rule, times the readout's share of the circle or the sphere.
 */
final class RadialRule {
    /** Steps that differ by less than this share are even, and the sum has the kink's error. */
    private static final double EVEN = 0.1;

    private static final double SAME_ANGLE = 1e-5;

    private RadialRule() {}

    /**
     * Weights of one readout's samples. For evenly spaced samples in 2D the Euler–Maclaurin term of the kink of |k| at the
     * centre is added (Abramowitz and Stegun 23.1.30), without which the image would lie on a pedestal.
     *
     * @param along distances from the centre, not decreasing; negative on the other side of it
     * @param whole whether the readout passes the centre
     */
    static double[] along(float[] along, int dimensions, boolean whole) {
        int n = along.length;
        double[] weights = new double[n];
        int nearest = 0;
        for (int i = 0; i < n; i++) {
            double k = Math.abs(along[i]);
            weights[i] = (dimensions == 2 ? k : k * k) * step(along, i);
            nearest = k < Math.abs(along[nearest]) ? i : nearest;
        }
        double h = step(along, nearest);
        boolean even = Math.abs(step(along, Math.min(nearest + 2, n - 1)) - h) < EVEN * h;
        if (dimensions == 2 && even) {
            double a = Math.abs(along[nearest]) / h;
            weights[nearest] += (whole ? 1 : 0.5) * h * h * (a * a - a + 1.0 / 6);
        }
        return weights;
    }

    /** Half the distance between a sample's neighbours. */
    private static double step(float[] along, int i) {
        int before = Math.max(0, i - 1);
        int after = Math.min(along.length - 1, i + 1);
        return (along[after] - along[before]) / (after - before);
    }

    /** Half the angles to the neighbours on either side, in a circle of {@code turn}; readouts at the same angle share theirs. */
    static double[] shares(double[] angles, double turn) {
        int n = angles.length;
        double[] angle = new double[n];
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            double rest = (angles[i] + SAME_ANGLE / 2) % turn;
            angle[i] = rest < 0 ? rest + turn : rest;
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(i -> angle[i]));
        double[] shares = new double[n];
        int start = 0;
        while (start < n) {
            int end = start + 1;
            while (end < n && angle[order.get(end)] - angle[order.get(start)] < SAME_ANGLE) {
                end++;
            }
            double before = start > 0 ? angle[order.get(start - 1)] : angle[order.get(n - 1)] - turn;
            double after = end < n ? angle[order.get(end)] : angle[order.get(0)] + turn;
            for (int i = start; i < end; i++) {
                shares[order.get(i)] = (after - before) / 2 / (end - start);
            }
            start = end;
        }
        return shares;
    }

    /** The same share of {@code whole} for each. */
    static double[] equalShares(int count, double whole) {
        double[] shares = new double[count];
        Arrays.fill(shares, whole / count);
        return shares;
    }
}
