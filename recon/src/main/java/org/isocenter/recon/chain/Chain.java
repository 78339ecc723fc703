package org.isocenter.recon.chain;

import java.util.List;
import org.isocenter.recon.chain.StepType.Kind;

/**
 * A named reconstruction: steps on readouts, one that takes the readouts of each slice or slab, steps on slabs, steps on
 * volumes.
 *
 * @param name "cartesian"
 * @param description one sentence on what it is for
 */
public record Chain(String name, String description, List<ChainStep> steps) {

    /** @throws IllegalArgumentException with words for the user when the steps cannot stand in this order */
    public Chain {
        steps = List.copyOf(steps);
        long readoutSteps =
                steps.stream().filter(s -> s.type().kind() == Kind.READOUT).count();
        if (readoutSteps != 1) {
            throw new IllegalArgumentException(
                    "a chain needs exactly one step that takes readouts to a grid, this one has " + readoutSteps);
        }
        for (int i = 1; i < steps.size(); i++) {
            StepType before = steps.get(i - 1).type();
            StepType after = steps.get(i).type();
            if (after.kind().compareTo(before.kind()) < 0) {
                throw new IllegalArgumentException("step '" + after.name() + "' cannot stand after '" + before.name()
                        + "': chains go from steps on readouts over steps on slabs to steps on volumes");
            }
        }
    }

    /** The steps of one kind, in order. */
    <T extends Step> List<T> steps(Class<T> kind) {
        return steps.stream()
                .map(ChainStep::step)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
