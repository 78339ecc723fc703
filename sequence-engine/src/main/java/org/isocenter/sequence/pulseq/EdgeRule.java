package org.isocenter.sequence.pulseq;

import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Shape;

/**
 * What files before 1.5 leave to their readers: a uniformly sampled gradient starts where a shaped gradient that filled the
 * block before it ended, else at zero, and ends where its last two samples point to.
 */
final class EdgeRule {
    private final Rasters rasters;
    private final double[] lastOfBlockBefore = new double[3];

    EdgeRule(Rasters rasters) {
        this.rasters = rasters;
    }

    /** Goes on to the next block on this axis. Gives the amplitude at which its gradient starts; it ends at {@code last}. */
    double first(Axis axis, Gradient gradient, double last, long blockDurationPs) {
        int i = axis.ordinal();
        double before = lastOfBlockBefore[i];
        if (blockDurationPs > 0) {
            lastOfBlockBefore[i] = 0;
        }
        if (gradient == null) {
            return 0;
        }
        if (gradient.endPs(rasters) == blockDurationPs) {
            lastOfBlockBefore[i] = last;
        }
        return gradient.delayPs() == 0 ? before : 0;
    }

    /** Along the last slope: half a raster on, or a whole one of samples at twice the rate. */
    static double last(Gradient.Uniform gradient) {
        Shape shape = gradient.shape();
        int n = shape.length();
        double end = shape.at(n - 1);
        double step = n == 1 ? 0 : end - shape.at(n - 2);
        return gradient.amplitudeHertzPerMeter() * (end + (gradient.oversampled() ? step : step / 2));
    }

    /** The amplitude at which any gradient ends, by the rule if it does not tell. */
    static double end(Gradient gradient) {
        if (gradient instanceof Gradient.Corners c) {
            return c.amplitudeHertzPerMeter() * c.shape().at(c.shape().length() - 1);
        }
        if (gradient instanceof Gradient.Uniform u) {
            return Double.isNaN(u.last()) ? last(u) : u.last();
        }
        return 0;
    }
}
