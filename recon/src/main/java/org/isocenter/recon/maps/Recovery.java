package org.isocenter.recon.maps;

/**
 * {@code y = equilibrium - missing·exp(-rate·x)}: longitudinal magnetisation some time after an inversion or a saturation that
 * need not be perfect. Parameters: equilibrium, missing, rate.
 */
record Recovery() implements Curve {
    static final int RATE = 2;

    private static final int TRIALS = 60;

    @Override
    public int parameters() {
        return 3;
    }

    /** For some rates, from much slower than the longest time to much faster than the shortest, the rest is a straight line. */
    @Override
    public void guess(double[] x, double[] y, double[] parameters) {
        double longest = x[x.length - 1];
        double shortest = Math.max(x[0], longest * 1e-3);
        double low = Math.log(0.1 / longest);
        double high = Math.log(10 / shortest);
        double least = Double.POSITIVE_INFINITY;
        for (int trial = 0; trial < TRIALS; trial++) {
            double rate = Math.exp(low + (high - low) * trial / (TRIALS - 1));
            double e = 0;
            double ee = 0;
            double ye = 0;
            double sum = 0;
            double yy = 0;
            for (int i = 0; i < x.length; i++) {
                double decayed = Math.exp(-rate * x[i]);
                e += decayed;
                ee += decayed * decayed;
                ye += y[i] * decayed;
                sum += y[i];
                yy += y[i] * y[i];
            }
            double spread = ee - e * e / x.length;
            if (spread > 1e-12 * ee) {
                double slope = (ye - e * sum / x.length) / spread;
                double level = (sum - slope * e) / x.length;
                double left = yy - level * sum - slope * ye;
                if (left < least) {
                    least = left;
                    parameters[0] = level;
                    parameters[1] = -slope;
                    parameters[RATE] = rate;
                }
            }
        }
    }

    @Override
    public double at(double x, double[] parameters, double[] slope) {
        double decayed = Math.exp(-parameters[RATE] * x);
        slope[0] = 1;
        slope[1] = -decayed;
        slope[RATE] = parameters[1] * x * decayed;
        return parameters[0] - parameters[1] * decayed;
    }
}
