package org.isocenter.hardware.marcos;

import java.util.List;

/**
 * How one axis' gradient is told to a gradient board, and how it is read back from what was told.
 *
 * @param fullScaleHertzPerMeter at the board's full scale
 * @param shimHertzPerMeter added while a scan runs, to cancel what the magnet has of its own; within half the full scale
 * @param polynomial share of full scale to send for the share that is wanted, lowest power first; empty for just that share
 */
public record GradientScale(double fullScaleHertzPerMeter, double shimHertzPerMeter, List<Double> polynomial) {
    private static final double LEAST_SLOPE = 0.8;
    private static final double STEEPEST_SLOPE = 1.25;
    /** Steps in which the polynomial's slope is looked at, and of the search for its inverse. */
    private static final int STEPS = 50;

    public GradientScale {
        polynomial = List.copyOf(polynomial);
        if (!(fullScaleHertzPerMeter > 0)) {
            throw new IllegalArgumentException("a gradient's full scale must be positive");
        }
        if (!(Math.abs(shimHertzPerMeter) <= 0.5 * fullScaleHertzPerMeter)) {
            throw new IllegalArgumentException("a shim of " + shimHertzPerMeter
                    + " Hz/m is more than half the gradient's full scale of " + fullScaleHertzPerMeter + " Hz/m");
        }
        for (int step = -STEPS; step <= STEPS && !polynomial.isEmpty(); step++) {
            double slope = slope(polynomial, (double) step / STEPS);
            if (!(slope >= LEAST_SLOPE && slope <= STEEPEST_SLOPE)) {
                throw new IllegalArgumentException("a gradient's polynomial " + polynomial + " has a slope of " + slope
                        + ", which is not within " + LEAST_SLOPE + " to " + STEEPEST_SLOPE + ": measure it again");
            }
        }
    }

    /** Without shim, and linear. */
    public static GradientScale of(double fullScaleHertzPerMeter) {
        return new GradientScale(fullScaleHertzPerMeter, 0, List.of());
    }

    /** The share of full scale to send, beyond ±1 when the board cannot do it. */
    public double share(double hertzPerMeter) {
        double wanted = (hertzPerMeter + shimHertzPerMeter) / fullScaleHertzPerMeter;
        return polynomial.isEmpty() ? wanted : value(polynomial, wanted);
    }

    /** The gradient, without the shim, that a share of full scale makes. */
    public double hertzPerMeter(double share) {
        return inverse(share) * fullScaleHertzPerMeter - shimHertzPerMeter;
    }

    private double inverse(double share) {
        if (polynomial.isEmpty()) {
            return share;
        }
        double low = -2;
        double high = 2;
        for (int step = 0; step < STEPS; step++) {
            double middle = 0.5 * (low + high);
            if (value(polynomial, middle) < share) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }

    private static double value(List<Double> polynomial, double x) {
        // Straight on beyond full scale, so that there is one inverse.
        double inside = Math.max(-1, Math.min(1, x));
        double sum = 0;
        for (int k = polynomial.size() - 1; k >= 0; k--) {
            sum = sum * inside + polynomial.get(k);
        }
        return sum + (x - inside) * slope(polynomial, inside);
    }

    private static double slope(List<Double> polynomial, double x) {
        double sum = 0;
        for (int k = polynomial.size() - 1; k >= 1; k--) {
            sum = sum * x + k * polynomial.get(k);
        }
        return sum;
    }
}
