package org.isocenter.hardware.virtual;

import java.util.List;

/** Neighbouring blocks of one material: the unit of work, always the same whatever the number of threads. */
record SpinGroup(int materialIndex, List<SpinBlock> blocks) {
    static final int MOST_BLOCKS = 4;

    SpinGroup {
        blocks = List.copyOf(blocks);
    }
}
