package org.isocenter.recon.maps;

import java.util.Arrays;

/**
 * Non-linear least squares by Levenberg's and Marquardt's method (Marquardt 1963) with as many parameters as fit a voxel, and
 * their variances from the curvature at the minimum. Holds what it works with: one per thread.
 */
final class CurveFit {
    private static final int MOST_STEPS = 60;
    private static final double CONVERGED = 1e-10;
    private static final double LEAST_DAMPING = 1e-9;
    private static final double MOST_DAMPING = 1e9;

    private final Curve curve;
    private final int count;
    private final double[] slope;
    private final double[][] normal;
    private final double[][] factor;
    private final double[] gradient;
    private final double[] step;
    private final double[] trial;
    private final double[] variances;

    CurveFit(Curve curve) {
        this.curve = curve;
        count = curve.parameters();
        slope = new double[count];
        normal = new double[count][count];
        factor = new double[count][count];
        gradient = new double[count];
        step = new double[count];
        trial = new double[count];
        variances = new double[count];
    }

    /**
     * Improves parameters until nothing is gained.
     *
     * @param weights one over the variance of each y, up to a common factor
     * @return the weighted sum of squares that is left, NaN where the fit failed
     */
    double fit(double[] x, double[] y, double[] weights, double[] parameters) {
        double damping = 1e-3;
        double squares = normalEquations(x, y, weights, parameters);
        for (int i = 0; i < MOST_STEPS && damping < MOST_DAMPING && squares > 0; i++) {
            if (!solve(damping, gradient, step)) {
                damping *= 10;
                continue;
            }
            for (int k = 0; k < count; k++) {
                trial[k] = parameters[k] + step[k];
            }
            double next = squares(x, y, weights, trial);
            if (!(next <= squares)) {
                damping *= 10;
                continue;
            }
            boolean done = squares - next <= CONVERGED * squares;
            System.arraycopy(trial, 0, parameters, 0, count);
            squares = normalEquations(x, y, weights, parameters);
            damping = Math.max(LEAST_DAMPING, damping / 10);
            if (done) {
                break;
            }
        }
        for (double parameter : parameters) {
            if (!Double.isFinite(parameter)) {
                return Double.NaN;
            }
        }
        return squares;
    }

    /**
     * Of each parameter after {@link #fit}, for y whose variance is one over its weight; NaN where the data do not tell it.
     * Overwritten by the next call.
     */
    double[] variances() {
        for (int k = 0; k < count; k++) {
            Arrays.fill(trial, 0);
            trial[k] = 1;
            variances[k] = solve(0, trial, step) ? step[k] : Double.NaN;
        }
        return variances;
    }

    private double squares(double[] x, double[] y, double[] weights, double[] parameters) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double miss = y[i] - curve.at(x[i], parameters, slope);
            sum += weights[i] * miss * miss;
        }
        return sum;
    }

    private double normalEquations(double[] x, double[] y, double[] weights, double[] parameters) {
        for (int k = 0; k < count; k++) {
            Arrays.fill(normal[k], 0);
            gradient[k] = 0;
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double miss = y[i] - curve.at(x[i], parameters, slope);
            sum += weights[i] * miss * miss;
            for (int k = 0; k < count; k++) {
                gradient[k] += weights[i] * miss * slope[k];
                for (int l = 0; l <= k; l++) {
                    normal[k][l] += weights[i] * slope[k] * slope[l];
                }
            }
        }
        return sum;
    }

    /** By Cholesky's method; false where the matrix is not positive definite. */
    private boolean solve(double damping, double[] right, double[] solution) {
        for (int k = 0; k < count; k++) {
            for (int l = 0; l <= k; l++) {
                double sum = k == l ? normal[k][k] * (1 + damping) : normal[k][l];
                for (int m = 0; m < l; m++) {
                    sum -= factor[k][m] * factor[l][m];
                }
                if (k != l) {
                    factor[k][l] = sum / factor[l][l];
                } else if (sum > 1e-14 * normal[k][k]) {
                    factor[k][k] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        for (int k = 0; k < count; k++) {
            double sum = right[k];
            for (int l = 0; l < k; l++) {
                sum -= factor[k][l] * solution[l];
            }
            solution[k] = sum / factor[k][k];
        }
        for (int k = count - 1; k >= 0; k--) {
            double sum = solution[k];
            for (int l = k + 1; l < count; l++) {
                sum -= factor[l][k] * solution[l];
            }
            solution[k] = sum / factor[k][k];
        }
        return true;
    }
}
