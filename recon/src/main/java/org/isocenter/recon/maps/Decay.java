package org.isocenter.recon.maps;

/**
 * {@code y = √((amplitude·exp(-rate·x))² + floor²)}: an exponential, in magnitudes above the noise's floor, which keeps them up
 * where the signal is gone (Gudbjartsson and Patz 1995, for signals that are not far below the noise). Parameters: amplitude, rate.
 */
record Decay(double floor) implements Curve {
    static final int RATE = 1;

    @Override
    public int parameters() {
        return 2;
    }

    /** A line through the logarithms, with the weights that make it nearly as good as the exponential's own fit. */
    @Override
    public void guess(double[] x, double[] y, double[] parameters) {
        double weight = 0;
        double sumX = 0;
        double sumY = 0;
        double sumXx = 0;
        double sumXy = 0;
        for (int i = 0; i < x.length; i++) {
            double square = y[i] * y[i] - floor * floor;
            if (square > 0) {
                double log = Math.log(square) / 2;
                weight += square;
                sumX += square * x[i];
                sumY += square * log;
                sumXx += square * x[i] * x[i];
                sumXy += square * x[i] * log;
            }
        }
        double spread = weight * sumXx - sumX * sumX;
        double slope = spread > 0 ? (weight * sumXy - sumX * sumY) / spread : 0;
        parameters[0] = Math.exp((sumY - slope * sumX) / weight);
        parameters[RATE] = -slope;
    }

    @Override
    public double at(double x, double[] parameters, double[] slope) {
        double decayed = Math.exp(-parameters[RATE] * x);
        double signal = parameters[0] * decayed;
        double above = Math.sqrt(signal * signal + floor * floor);
        double share = above > 0 ? signal / above : 1;
        slope[0] = share * decayed;
        slope[RATE] = -share * x * signal;
        return above;
    }
}
