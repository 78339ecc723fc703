package org.isocenter.sequence.compile;

import java.util.HashMap;
import java.util.Map;

/** The events of kinds of blocks that were played before: as many as fit, then it starts anew. One thread. */
final class BlockCache {
    /** Events kept, at most; up to 17 bytes each. */
    private static final int MOST_EVENTS = 1 << 20;

    /** What an entry takes besides its events, counted in events. */
    private static final int ENTRY = 64;

    private final Map<BlockKinds.Kind, BlockEvents> blocks = new HashMap<>();
    private int kept;

    /** Null when it is not known. */
    BlockEvents get(BlockKinds.Kind kind) {
        return blocks.get(kind);
    }

    void put(BlockKinds.Kind kind, BlockEvents events) {
        kept += events.count + ENTRY;
        if (kept > MOST_EVENTS) {
            blocks.clear();
            kept = events.count + ENTRY;
        }
        blocks.put(kind, events);
    }
}
