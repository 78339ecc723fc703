package org.isocenter.recon.maps;

/**
 * {@code y = amplitude·sin α·(1-E)/(1-E·cos α)} with {@code E = exp(-rate·TR)}, over the flip angle α in radians: the steady state of a
 * spoiled gradient echo (Ernst and Anderson 1966). Parameters: amplitude, rate.
 */
record SpoiledEcho(double repetitionSeconds) implements Curve {
    static final int RATE = 1;

    @Override
    public int parameters() {
        return 2;
    }

    /** The straight line of y/sin α over y/tan α (Fram et al. 1987). */
    @Override
    public void guess(double[] x, double[] y, double[] parameters) {
        double sumU = 0;
        double sumV = 0;
        double sumUu = 0;
        double sumUv = 0;
        int n = x.length;
        for (int i = 0; i < n; i++) {
            double u = y[i] / Math.tan(x[i]);
            double v = y[i] / Math.sin(x[i]);
            sumU += u;
            sumV += v;
            sumUu += u * u;
            sumUv += u * v;
        }
        double slope = (n * sumUv - sumU * sumV) / (n * sumUu - sumU * sumU);
        double e = Math.max(1e-3, Math.min(1 - 1e-5, slope));
        parameters[0] = (sumV - e * sumU) / n / (1 - e);
        parameters[RATE] = -Math.log(e) / repetitionSeconds;
    }

    @Override
    public double at(double x, double[] parameters, double[] slope) {
        double e = Math.exp(-parameters[RATE] * repetitionSeconds);
        double sin = Math.sin(x);
        double cos = Math.cos(x);
        double below = 1 - e * cos;
        slope[0] = sin * (1 - e) / below;
        // d/dE of (1-E)/(1-E·cos) is (cos-1)/(1-E·cos)².
        slope[RATE] = parameters[0] * sin * (cos - 1) / (below * below) * -repetitionSeconds * e;
        return parameters[0] * slope[0];
    }
}
