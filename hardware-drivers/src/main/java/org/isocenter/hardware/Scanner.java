package org.isocenter.hardware;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.isocenter.model.Coils;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;

/**
 * A connected scanner. One thread, the scanner's own, makes every call, except {@link #abort}, {@link #interlocks} and
 * {@link #stopLatency}, which any thread may make at any time.
 */
public interface Scanner extends AutoCloseable {
    /** As it was opened. */
    URI uri();

    /** What people read: "Virtual scanner (osi2one)". */
    String description();

    /**
     * What kind of scanner it is, for its images: without serial number and address, which one device has and which images that
     * are given away must not tell.
     */
    default String model() {
        return description();
    }

    /** Firmware or simulator version. */
    String firmware();

    SystemLimits limits();

    /**
     * By which measured numbers the device turns SI into its own units, as text: the same text is the same calibration. Empty when
     * {@link #limits} tell all of it.
     */
    default String calibration() {
        return "";
    }

    /** How the fields of the gradient coils are bent, for the reconstruction to undo; none where it is not known. */
    default GradientHarmonics gradientHarmonics() {
        return GradientHarmonics.NONE;
    }

    /** What receives and what transmits, as far as the scanner's profile tells. */
    default Coils coils() {
        return Coils.UNKNOWN;
    }

    /**
     * Plays the table and delivers each ADC window as soon as it is in. Returns when the hardware is in the safe state.
     *
     * @throws ScannerException when the device fails or refuses the table; it has been made safe as far as it can be reached.
     *     Kind INTERLOCK when an interlock trips during the run, or is latched before it
     * @throws IOException when the sink could not keep a readout; the device has been made safe
     */
    RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException;

    /** Stops the run under way, if any, at once: RF off, gradients to zero. Never queues, never blocks. Any thread. */
    void abort();

    /**
     * How long {@link #abort} takes at worst: of the run under way, else of any. Does not ask the device. Any thread.
     */
    StopLatency stopLatency();

    /**
     * The interlocks that are latched, the oldest first. Nothing but {@link #acknowledge} lets go of one. Does not ask the device.
     * Any thread. Empty for a device that has none.
     */
    default List<Interlock> interlocks() {
        return List.of();
    }

    /**
     * Lets go of a latched interlock, because a person said so. Asks the device first whether its cause is gone.
     *
     * @throws ScannerException with kind INTERLOCK and the reason while the cause is still there
     */
    default void acknowledge(Interlock interlock) throws ScannerException {}

    /**
     * Asks the device how it is. Plays nothing, and takes a few seconds at most. Empty for a device that cannot tell.
     *
     * @throws ScannerException when the device does not answer
     */
    default List<SelfTestResult> selfTest() throws ScannerException {
        return List.of();
    }

    @Override
    void close();
}
