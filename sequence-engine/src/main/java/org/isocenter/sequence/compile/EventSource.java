package org.isocenter.sequence.compile;

/** One stream of a block's events in order of time; the pass over the table merges the streams. */
interface EventSource {
    /** What {@link #nextTick} says when the block has nothing more for this stream. */
    long NONE = Long.MAX_VALUE;

    /** Starts with this block of the sequence. Channel states carry over from the block before. */
    void begin(int block);

    /** When the next events may come, or {@link #NONE}. */
    long nextTick();

    /** Writes what happens at {@link #nextTick}, if anything changes there, and moves on. */
    void emit(ChunkBuffer into);
}
