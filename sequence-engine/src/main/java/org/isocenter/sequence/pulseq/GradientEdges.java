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
    private final Map<Key, Integer> restoredIds = new HashMap<>();
    private final IdTable<Integer> ids = new IdTable<>();
    private final double[] lastOfBlockBefore = new double[3];

    GradientEdges(Sequence.Builder builder) {
        this.builder = builder;
        this.rasters = builder.rasters();
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
        if (gradient instanceof Gradient.Uniform uniform && Double.isNaN(uniform.first())) {
            return restored(axis, fileId, uniform, uniform.delayPs() == 0 ? before : 0, blockDurationPs);
        }
        if (gradient instanceof Gradient.Uniform uniform) {
            keep(axis, gradient, uniform.last(), blockDurationPs);
        } else if (gradient instanceof Gradient.Corners corners) {
            Shape shape = corners.shape();
            keep(axis, gradient, corners.amplitudeHertzPerMeter() * shape.at(shape.length() - 1), blockDurationPs);
        }
        Integer known = ids.get(fileId);
        if (known == null) {
            known = builder.id(gradient);
            ids.put(fileId, known);
        }
        return known;
    }

    private int restored(Axis axis, int fileId, Gradient.Uniform gradient, double first, long blockDurationPs) {
        double last = last(gradient);
        keep(axis, gradient, last, blockDurationPs);
        return restoredIds.computeIfAbsent(new Key(fileId, first), key -> builder.id(withEdges(gradient, first, last)));
    }

    private static Gradient.Uniform withEdges(Gradient.Uniform g, double first, double last) {
        return new Gradient.Uniform(g.amplitudeHertzPerMeter(), g.shape(), first, last, g.delayPs(), g.oversampled());
    }

    private void keep(Axis axis, Gradient gradient, double last, long blockDurationPs) {
        if (gradient.endPs(rasters) == blockDurationPs) {
            lastOfBlockBefore[axis.ordinal()] = last;
        }
    }

    /** Along the last slope; over half as far when every other sample stands on an edge. */
    static double last(Gradient.Uniform gradient) {
        Shape shape = gradient.shape();
        int n = shape.length();
        double end = shape.at(n - 1);
        double step = n == 1 ? 0 : end - shape.at(n - 2);
        return gradient.amplitudeHertzPerMeter() * (end + (gradient.oversampled() ? step : step / 2));
    }
}
