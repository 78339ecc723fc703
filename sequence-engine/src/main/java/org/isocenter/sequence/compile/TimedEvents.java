package org.isocenter.sequence.compile;

import java.util.Collections;
import java.util.Iterator;

/**
 * Time-ordered events in clock ticks, in chunks. An {@link EventTable} is one that was compiled from a checked sequence, and only
 * such a table may be sent to a scanner; what a device was sent and decodes again is one that nobody has checked.
 */
public interface TimedEvents {
    /** Ticks per second. */
    double clockHertz();

    long durationTicks();

    /** Number of ADC windows in all. */
    int adcWindows();

    /** Samples of all windows together, one channel. */
    long adcSamples();

    /** Samples of the longest window. */
    int maxSamplesPerWindow();

    /** A fresh pass over the whole. */
    Iterator<EventChunk> chunks();

    /** Where a scan may wait, in the order of time; a fresh pass. None for events of which one does not know what they are for. */
    default Iterator<Rest> rests() {
        return Collections.emptyIterator();
    }

    default double durationSeconds() {
        return durationTicks() / clockHertz();
    }
}
