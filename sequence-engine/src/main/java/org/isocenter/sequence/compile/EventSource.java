package org.isocenter.sequence.compile;

/** One stream of a block's events in order of time; the pass over the table merges the streams. */
interface EventSource {
    /** What {@link #nextPs} says when the block has nothing more for this stream. */
    long NONE = Long.MAX_VALUE;

    /** Starts with this block of the sequence. */
    void begin(int block);

    /** When the next events may come, from the block's start, or {@link #NONE}. */
    long nextPs();

    /** Says what holds from {@link #nextPs} on, and moves on. */
    void emit(EventSink into);
}
