package org.isocenter.hardware;

import java.io.IOException;
import java.net.URI;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;

/**
 * A connected scanner. One thread, the scanner's own, makes every call, except {@link #abort}, which any thread may make at
 * any time.
 */
public interface Scanner extends AutoCloseable {
    /** As it was opened. */
    URI uri();

    /** What people read: "Virtual scanner (osi2one)". */
    String description();

    /** Firmware or simulator version. */
    String firmware();

    SystemLimits limits();

    /**
     * Plays the table and delivers each ADC window as soon as it is in. Returns when the hardware is in the safe state.
     *
     * @throws ScannerException when the device fails or refuses the table; it has been made safe as far as it can be reached
     * @throws IOException when the sink could not keep a readout; the device has been made safe
     */
    RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException;

    /** Stops the run under way, if any, at once: RF off, gradients to zero. Never queues, never blocks. Any thread. */
    void abort();

    @Override
    void close();
}
