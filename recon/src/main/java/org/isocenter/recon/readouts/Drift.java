package org.isocenter.recon.readouts;

/**
 * By how much a repetition of a measurement differs from the first: a phase at the centre of k-space, and a frequency.
 *
 * @param radians the phase by which it is ahead
 * @param hertz the frequency by which it is higher
 */
record Drift(double radians, double hertz) {
    static final Drift NONE = new Drift(0, 0);
    /** How far the search goes, in turns over a readout; a field that moved further has shifted the image by as many pixels. */
    private static final int MOST_TURNS = 4;
    /** Steps of the search per turn: fine enough that the best one lies beside the peak. */
    private static final int STEPS = 8;

    private static final int HALVINGS = 40;

    /**
     * The most likely one: that which brings the products of both measurements' samples into phase (the peak of their
     * periodogram; Rife and Boorstyn 1974).
     *
     * @param real of the sum of later·conj(first) over lines and channels, sample by sample
     * @param center sample at the centre of k-space
     * @param withFrequency false to look for a phase only
     */
    static Drift of(double[] real, double[] imaginary, int center, double dwellSeconds, boolean withFrequency) {
        double turnsPerSample = 0;
        if (withFrequency && real.length > 1) {
            double step = 1.0 / (STEPS * real.length);
            double best = -1;
            for (int i = -MOST_TURNS * STEPS; i <= MOST_TURNS * STEPS; i++) {
                double power = power(real, imaginary, center, i * step);
                if (power > best) {
                    best = power;
                    turnsPerSample = i * step;
                }
            }
            turnsPerSample = peak(real, imaginary, center, turnsPerSample, step);
        }
        double[] sum = sum(real, imaginary, center, turnsPerSample);
        return new Drift(Math.atan2(sum[1], sum[0]), turnsPerSample / dwellSeconds);
    }

    /** Golden section. */
    private static double peak(double[] real, double[] imaginary, int center, double about, double step) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double low = about - step;
        double high = about + step;
        for (int i = 0; i < HALVINGS; i++) {
            double a = high - ratio * (high - low);
            double b = low + ratio * (high - low);
            if (power(real, imaginary, center, a) > power(real, imaginary, center, b)) {
                high = b;
            } else {
                low = a;
            }
        }
        return (low + high) / 2;
    }

    private static double power(double[] real, double[] imaginary, int center, double turnsPerSample) {
        double[] sum = sum(real, imaginary, center, turnsPerSample);
        return sum[0] * sum[0] + sum[1] * sum[1];
    }

    private static double[] sum(double[] real, double[] imaginary, int center, double turnsPerSample) {
        double re = 0;
        double im = 0;
        for (int s = 0; s < real.length; s++) {
            double angle = -2 * Math.PI * turnsPerSample * (s - center);
            double cos = Math.cos(angle);
            double sin = Math.sin(angle);
            re += real[s] * cos - imaginary[s] * sin;
            im += real[s] * sin + imaginary[s] * cos;
        }
        return new double[] {re, im};
    }
}
