package org.isocenter.recon.epi;

/**
 * Brings a line that was sampled anywhere along k to an even grid, by weights that depend on the positions only. Among all
 * signals that the samples allow it takes that of least energy, of an object that is most likely inside the field of view and
 * surely inside the encoded one (Yen 1956; Rosenfeld 1998, "uniform resampling"). Where samples lie as densely as the encoded
 * extent asks for, the result is exact but for the regularisation, some 1e-5.
 */
final class LineRegridder {
    private static final double INSIDE = 0.9;
    /** Against the largest eigenvalues, which are between 1 and 10; keeps noise from growing where samples are few. */
    private static final double REGULARISATION = 1e-5;

    private final int samples;
    private final float[][] weights;

    /**
     * @param perMeter position of each sample, in any order
     * @param points of the grid, k = 0 at {@code points/2}
     * @param encodedFovMeters one over the grid's step
     * @param fovMeters where the object most likely is
     */
    LineRegridder(double[] perMeter, int points, double encodedFovMeters, double fovMeters) {
        samples = perMeter.length;
        double[][] gram = new double[samples][samples];
        for (int i = 0; i < samples; i++) {
            for (int j = 0; j <= i; j++) {
                gram[i][j] = kernel(perMeter[i] - perMeter[j], encodedFovMeters, fovMeters);
            }
            gram[i][i] += REGULARISATION;
        }
        factorize(gram);
        weights = new float[points][samples];
        double[] row = new double[samples];
        for (int p = 0; p < points; p++) {
            double k = (p - points / 2) / encodedFovMeters;
            for (int j = 0; j < samples; j++) {
                row[j] = kernel(k - perMeter[j], encodedFovMeters, fovMeters);
            }
            solve(gram, row);
            for (int j = 0; j < samples; j++) {
                weights[p][j] = (float) row[j];
            }
        }
    }

    private static double kernel(double distance, double encodedFov, double fov) {
        return INSIDE * sinc(distance * fov) + (1 - INSIDE) * sinc(distance * encodedFov);
    }

    private static double sinc(double x) {
        double angle = Math.PI * x;
        return Math.abs(angle) < 1e-9 ? 1 : Math.sin(angle) / angle;
    }

    /** Cholesky's, into the lower half. */
    private static void factorize(double[][] a) {
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= a[i][k] * a[j][k];
                }
                // Rounding may leave nothing of what is already determined; the regularisation is then all there is.
                a[i][j] = i == j ? Math.sqrt(Math.max(sum, 0.01 * REGULARISATION)) : sum / a[j][j];
            }
        }
    }

    private static void solve(double[][] lower, double[] b) {
        int n = b.length;
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= lower[i][k] * b[k];
            }
            b[i] = sum / lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = b[i];
            for (int k = i + 1; k < n; k++) {
                sum -= lower[k][i] * b[k];
            }
            b[i] = sum / lower[i][i];
        }
    }

    /** Samples from {@code from} on to the grid's points from {@code to} on. */
    void apply(float[] in, int from, float[] out, int to) {
        for (int p = 0; p < weights.length; p++) {
            float[] row = weights[p];
            float sum = 0;
            for (int s = 0; s < samples; s++) {
                sum += row[s] * in[from + s];
            }
            out[to + p] = sum;
        }
    }
}
