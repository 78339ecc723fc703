package org.isocenter.sequence.compile;

import java.util.Iterator;
import org.isocenter.model.SystemLimits;

/**
 * What the hardware is told: time-ordered events in clock ticks, compiled lazily in chunks so that an hour-long sequence
 * needs a few MB. Starts and ends in the safe state (RF off, gates closed, gradients zero). Made only by
 * {@link EventCompiler}. Safe for any thread; each call of {@link #chunks} is a fresh pass.
 */
public abstract class EventTable {
    /** Only this package makes one: a table is always of a checked sequence. */
    EventTable() {}

    /** The limits that the sequence was checked against. */
    public abstract SystemLimits limits();

    /** Ticks per second. */
    public abstract double clockHertz();

    public abstract long durationTicks();

    /** Number of ADC windows in the whole table. */
    public abstract int adcWindows();

    /** Samples of all windows together, one channel. */
    public abstract long adcSamples();

    /** Samples of the longest window. */
    public abstract int maxSamplesPerWindow();

    /** A fresh pass over the whole table. */
    public abstract Iterator<EventChunk> chunks();

    public final double durationSeconds() {
        return durationTicks() / clockHertz();
    }
}
