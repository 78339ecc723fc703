package org.isocenter.sequence.pulseq;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Rasters;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Shape;

/**
 * Adds gradients to a sequence. Files before 1.5 do not hold the first and last amplitude of a shaped gradient: it starts
 * where a shaped gradient that filled the block before it ended, else at zero, and ends where its last two samples point to.
 */
final class GradientEdges {
    private record Key(int fileId, double first) {}

    private final Sequence.Builder builder;
    private final Rasters rasters;
    private final boolean restore;
    private final Map<Key, Integer> ids = new HashMap<>();
    private final double[] lastOfBlockBefore = new double[3];

    GradientEdges(Sequence.Builder builder, boolean restore) {
        this.builder = builder;
        this.rasters = builder.rasters();
        this.restore = restore;
    }

    /** The sequence's id of this gradient in the next block; 0 for null. */
    int id(Axis axis, int fileId, Gradient gradient, long blockDurationPs) {
        double before = lastOfBlockBefore[axis.ordinal()];
        if (blockDurationPs > 0) {
            lastOfBlockBefore[axis.ordinal()] = 0;
        }
        if (gradient == null) {
            return 0;
        }
        double first = gradient.delayPs() == 0 ? before : 0;
        if (restore && gradient instanceof Gradient.Uniform uniform) {
            double last = last(uniform);
            keep(axis, gradient, last, blockDurationPs);
            return ids.computeIfAbsent(
                    new Key(fileId, first),
                    key -> builder.id(new Gradient.Uniform(
                            uniform.amplitudeHertzPerMeter(),
                            uniform.shape(),
                            first,
                            last,
                            uniform.delayPs(),
                            uniform.oversampled())));
        }
        if (gradient instanceof Gradient.Corners corners) {
            Shape shape = corners.shape();
            keep(axis, gradient, corners.amplitudeHertzPerMeter() * shape.at(shape.length() - 1), blockDurationPs);
        }
        return ids.computeIfAbsent(new Key(fileId, 0), key -> builder.id(gradient));
    }

    private void keep(Axis axis, Gradient gradient, double last, long blockDurationPs) {
        if (gradient.endPs(rasters) == blockDurationPs) {
            lastOfBlockBefore[axis.ordinal()] = last;
        }
    }

    private static double last(Gradient.Uniform gradient) {
        Shape shape = gradient.shape();
        int n = shape.length();
        double end = shape.at(n - 1);
        double extrapolated = n == 1 ? end : (3 * end - shape.at(n - 2)) / 2;
        return gradient.amplitudeHertzPerMeter() * extrapolated;
    }
}
