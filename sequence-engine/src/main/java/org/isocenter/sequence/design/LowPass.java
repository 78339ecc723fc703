package org.isocenter.sequence.design;

/**
 * Low-pass filters of linear phase with an odd number of taps, for pulses. Edges are in cycles per sample, up to ½; a weight
 * is what an error costs in its band.
 */
final class LowPass {
    private LowPass() {}

    /**
     * Least squares: the integral of the weighted squared error over both bands is smallest. Writing the zero-phase response
     * as a sum of cosines makes that a linear system, solved by Cholesky's method.
     */
    static double[] leastSquares(int taps, double passEdge, double stopEdge, double passWeight, double stopWeight) {
        int terms = taps / 2 + 1;
        double[][] q = new double[terms][terms];
        double[] b = new double[terms];
        for (int k = 0; k < terms; k++) {
            for (int l = 0; l <= k; l++) {
                double pass = 0.5 * (cosines(k - l, 0, passEdge) + cosines(k + l, 0, passEdge));
                double stop = 0.5 * (cosines(k - l, stopEdge, 0.5) + cosines(k + l, stopEdge, 0.5));
                q[k][l] = passWeight * pass + stopWeight * stop;
            }
            b[k] = passWeight * cosines(k, 0, passEdge);
        }
        double[] a = cholesky(q, b);
        double[] filter = new double[taps];
        int middle = taps / 2;
        filter[middle] = a[0];
        for (int k = 1; k < terms; k++) {
            filter[middle - k] = a[k] / 2;
            filter[middle + k] = a[k] / 2;
        }
        return filter;
    }

    /** ∫ cos(2πkf) df. */
    private static double cosines(int k, double from, double to) {
        double w = 2 * Math.PI * k;
        return k == 0 ? to - from : (Math.sin(w * to) - Math.sin(w * from)) / w;
    }

    /** Solves q·x = b; q is symmetric, its lower half given and overwritten. */
    private static double[] cholesky(double[][] q, double[] b) {
        int n = b.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = q[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= q[i][k] * q[j][k];
                }
                q[i][j] = i == j ? Math.sqrt(sum) : sum / q[j][j];
            }
        }
        double[] x = b.clone();
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < i; k++) {
                x[i] -= q[i][k] * x[k];
            }
            x[i] /= q[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                x[i] -= q[k][i] * x[k];
            }
            x[i] /= q[i][i];
        }
        return x;
    }

    /** Equal ripples: the largest weighted error is smallest. See {@link ParksMcClellan}. */
    static double[] equiripple(int taps, double passEdge, double stopEdge, double passWeight, double stopWeight) {
        return new ParksMcClellan(taps, passEdge, stopEdge, passWeight, stopWeight).design();
    }
}
