package org.isocenter.sequence.pulseq;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;

/** Adds gradients to a sequence, and works out the edges that a file does not tell; see {@link EdgeRule}. */
final class GradientEdges {
    private record Key(int fileId, double first) {}

    private final Sequence.Builder builder;
    private final EdgeRule rule;
    private final Map<Key, Integer> restoredIds = new HashMap<>();
    private final IdTable<Integer> ids = new IdTable<>();

    GradientEdges(Sequence.Builder builder) {
        this.builder = builder;
        this.rule = new EdgeRule(builder.rasters());
    }

    /** The sequence's id of this gradient in the next block; 0 for null. */
    int id(Axis axis, int fileId, Gradient gradient, long blockDurationPs) {
        double last = gradient == null ? 0 : EdgeRule.end(gradient);
        double first = rule.first(axis, gradient, last, blockDurationPs);
        if (gradient == null) {
            return 0;
        }
        if (gradient instanceof Gradient.Uniform uniform && Double.isNaN(uniform.first())) {
            return restoredIds.computeIfAbsent(
                    new Key(fileId, first), key -> builder.id(withEdges(uniform, first, last)));
        }
        Integer known = ids.get(fileId);
        if (known == null) {
            known = builder.id(gradient);
            ids.put(fileId, known);
        }
        return known;
    }

    private static Gradient.Uniform withEdges(Gradient.Uniform g, double first, double last) {
        return new Gradient.Uniform(g.amplitudeHertzPerMeter(), g.shape(), first, last, g.delayPs(), g.oversampled());
    }
}
