package org.isocenter.sequence.compile;

import org.isocenter.model.SystemLimits;

/**
 * What the hardware is told: time-ordered events in clock ticks, compiled lazily in chunks so that an hour-long sequence
 * needs a few MB. Starts and ends in the safe state (RF off, gates closed, gradients zero). Made only by
 * {@link EventCompiler}. Safe for any thread; each call of {@link #chunks} is a fresh pass.
 */
public abstract class EventTable implements TimedEvents {
    /** Only this package makes one: a table is always of a checked sequence. */
    EventTable() {}

    /** The limits that the sequence was checked against. */
    public abstract SystemLimits limits();

    /** For so long each step of a gradient's staircase is held on a ramp: the sequence's gradient raster. */
    public abstract double gradientRasterSeconds();
}
