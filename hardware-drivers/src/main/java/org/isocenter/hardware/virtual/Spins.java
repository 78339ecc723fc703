package org.isocenter.hardware.virtual;

import java.util.List;

/**
 * All spins of a run, and the volume in m³ that each stands for.
 *
 * @param listed whether a phantom lists them: then each is simulated as it stands, with no short cut that relies on many
 *     more spins in nature
 */
record Spins(List<SpinGroup> groups, double volumePerSpin, boolean listed) {
    Spins {
        groups = List.copyOf(groups);
    }

    Spins(List<SpinGroup> groups, double volumePerSpin) {
        this(groups, volumePerSpin, false);
    }

    /** Puts all spins where gradients see them that are not quite linear. Once. */
    void seenThrough(GradientWarp warp) {
        if (!warp.isNone()) {
            groups.forEach(group -> group.blocks().forEach(block -> block.seenThrough(warp)));
        }
    }

    int count() {
        int count = 0;
        for (SpinGroup group : groups) {
            for (SpinBlock block : group.blocks()) {
                count += block.spins;
            }
        }
        return count;
    }
}
