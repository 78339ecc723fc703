package org.isocenter.sequence.compile;

import org.isocenter.sequence.check.CheckedSequence;

/** Turns a checked sequence into what the hardware is told. */
public final class EventCompiler {
    private EventCompiler() {}

    /** Lazy: the work is done as the table's chunks are taken. */
    public static EventTable compile(CheckedSequence checked) {
        throw new UnsupportedOperationException("sequence engine helper");
    }
}
