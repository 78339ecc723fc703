package org.isocenter.hardware.virtual;

import java.util.List;

/** All spins of a run, and the volume in m³ that each stands for. */
record Spins(List<SpinGroup> groups, double volumePerSpin) {
    Spins {
        groups = List.copyOf(groups);
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
