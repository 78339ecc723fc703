package org.isocenter.sequence.compile;

import org.isocenter.sequence.check.CheckedSequence;

/**
 * Turns a checked sequence into what the hardware is told.
 *
 * <ul>
 *   <li>RF: one value for each RF raster interval, that at its centre; frequency offsets become phase. The gate opens the
 *       system's dead time before the first sample and closes its ring-down time after the last.
 *   <li>Gradients: on the device's axes, held over each gradient raster interval at the waveform's mean there,
 *       which for one sample per raster is the sample.
 *   <li>Only changes are events. The first and the last events of a table set every channel to zero.
 *   <li>An ADC window lies wholly in one chunk, unless its block has more events than a chunk holds (65,536).
 * </ul>
 */
public final class EventCompiler {
    private EventCompiler() {}

    /** Lazy: the work is done as the table's chunks are taken. */
    public static EventTable compile(CheckedSequence checked) {
        return new CompiledTable(checked);
    }
}
