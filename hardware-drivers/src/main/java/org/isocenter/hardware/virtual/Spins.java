package org.isocenter.hardware.virtual;

import java.util.List;

/**
 * All spins of a run, and the volume in m³ that each stands for.
 *
 * @param groups of those that stay where they are
 * @param moving groups of those that do not: where they are at time 0
 * @param listed whether a phantom lists them: then each is simulated as it stands, with no short cut that relies on many
 *     more spins in nature
 */
record Spins(List<SpinGroup> groups, List<SpinGroup> moving, double volumePerSpin, boolean listed) {
    Spins {
        groups = List.copyOf(groups);
        moving = List.copyOf(moving);
    }

    Spins(List<SpinGroup> groups, double volumePerSpin) {
        this(groups, List.of(), volumePerSpin, false);
    }

    /** How many stay where they are. */
    int staying() {
        return count(groups);
    }

    /** Puts the spins that stay where gradients see them that are not quite linear. Once. */
    void seenThrough(GradientWarp warp) {
        if (!warp.isNone()) {
            groups.forEach(group -> group.blocks().forEach(block -> block.seenThrough(warp)));
        }
    }

    int count() {
        return count(groups) + count(moving);
    }

    private static int count(List<SpinGroup> groups) {
        int count = 0;
        for (SpinGroup group : groups) {
            for (SpinBlock block : group.blocks()) {
                count += block.spins;
            }
        }
        return count;
    }
}
