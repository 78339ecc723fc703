package org.isocenter.hardware.virtual;

import java.util.function.DoubleUnaryOperator;
import org.isocenter.hardware.virtual.phantom.Motion;

/**
 * How long a free precession may be in one piece. Spins that move in curves are taken to go straight on within a piece; where
 * no gradient is on, only the slow change of the field along the way counts.
 */
record EventGrain(double underGradientsSeconds, double idleSeconds, DoubleUnaryOperator nextCorner) {
    /** As long as it comes: for spins that stay where they are. */
    static final EventGrain WHOLE =
            new EventGrain(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, seconds -> Double.POSITIVE_INFINITY);

    private static final double LONGEST_SECONDS = 20e-3;
    private static final double IDLE_FACTOR = 10;

    static EventGrain of(Motion motion) {
        double straight = motion.straightSeconds();
        return new EventGrain(
                Math.min(LONGEST_SECONDS, straight),
                Math.min(LONGEST_SECONDS, IDLE_FACTOR * straight),
                motion::nextCornerSeconds);
    }

    /** A piece that starts now ends no later than this. */
    double nextCornerSeconds(double seconds) {
        return nextCorner.applyAsDouble(seconds);
    }

    double longestSeconds(boolean gradients) {
        return gradients ? underGradientsSeconds : idleSeconds;
    }
}
