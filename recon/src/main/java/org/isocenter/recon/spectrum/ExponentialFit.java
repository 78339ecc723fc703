package org.isocenter.recon.spectrum;

/**
 * Least squares of {@code y = offset + amplitude·exp(-x/constant)}, or of the same without an offset. For each time constant
 * the rest is linear (variable projection, Golub and Pereyra 1973), so that only one number is searched: on a grid of its
 * logarithm, then by golden sections. Standard errors come from the residuals and the model's derivatives.
 *
 * @param constantError NaN when there are no more points than parameters
 */
record ExponentialFit(double offset, double amplitude, double constant, double constantError) {
    private static final int GRID = 400;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;
    private static final int SECTIONS = 80;

    double at(double x) {
        return offset + amplitude * Math.exp(-x / constant);
    }

    /** To zero. */
    static ExponentialFit decay(double[] x, double[] y) {
        return fit(x, y, false);
    }

    /** To an offset. */
    static ExponentialFit recovery(double[] x, double[] y) {
        return fit(x, y, true);
    }

    private static ExponentialFit fit(double[] x, double[] y, boolean withOffset) {
        double largest = 0;
        for (double value : x) {
            largest = Math.max(largest, Math.abs(value));
        }
        double low = Math.log(largest * 1e-4);
        double high = Math.log(largest * 1e2);
        double step = (high - low) / GRID;
        double best = low;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= GRID; i++) {
            double residual = linear(x, y, Math.exp(low + i * step), withOffset)[2];
            if (residual < least) {
                least = residual;
                best = low + i * step;
            }
        }
        double left = best - step;
        double right = best + step;
        for (int i = 0; i < SECTIONS; i++) {
            double first = right - GOLDEN * (right - left);
            double second = left + GOLDEN * (right - left);
            if (linear(x, y, Math.exp(first), withOffset)[2] < linear(x, y, Math.exp(second), withOffset)[2]) {
                right = second;
            } else {
                left = first;
            }
        }
        double constant = Math.exp((left + right) / 2);
        double[] rest = linear(x, y, constant, withOffset);
        return new ExponentialFit(rest[0], rest[1], constant, error(x, constant, rest, withOffset));
    }

    /** Offset, amplitude and sum of squares for one time constant. */
    private static double[] linear(double[] x, double[] y, double constant, boolean withOffset) {
        double n = x.length;
        double e = 0;
        double ee = 0;
        double ye = 0;
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double value = Math.exp(-x[i] / constant);
            e += value;
            ee += value * value;
            ye += y[i] * value;
            sum += y[i];
        }
        double spread = ee - e * e / n;
        double amplitude = withOffset ? (spread > 0 ? (ye - e * sum / n) / spread : 0) : ee > 0 ? ye / ee : 0;
        double offset = withOffset ? (sum - amplitude * e) / n : 0;
        double squares = 0;
        for (int i = 0; i < x.length; i++) {
            double miss = y[i] - offset - amplitude * Math.exp(-x[i] / constant);
            squares += miss * miss;
        }
        return new double[] {offset, amplitude, squares};
    }

    /**
     * By the part of the derivative by the constant that the other parameters' derivatives cannot make up for (Gram and
     * Schmidt): the constant's variance is the residuals' over that part's square.
     */
    private static double error(double[] x, double constant, double[] rest, boolean withOffset) {
        int parameters = withOffset ? 3 : 2;
        if (x.length <= parameters) {
            return Double.NaN;
        }
        int n = x.length;
        double[] ones = new double[n];
        double[] decay = new double[n];
        double[] slope = new double[n];
        for (int i = 0; i < n; i++) {
            ones[i] = 1;
            decay[i] = Math.exp(-x[i] / constant);
            slope[i] = rest[1] * decay[i] * x[i] / (constant * constant);
        }
        if (withOffset) {
            remove(ones, decay);
            remove(ones, slope);
        }
        remove(decay, slope);
        double variance = rest[2] / (n - parameters);
        return Math.sqrt(variance / product(slope, slope));
    }

    private static void remove(double[] direction, double[] from) {
        double share = product(direction, from) / product(direction, direction);
        for (int i = 0; i < from.length; i++) {
            from[i] -= share * direction[i];
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
