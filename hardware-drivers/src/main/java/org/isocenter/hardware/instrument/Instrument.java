package org.isocenter.hardware.instrument;

import java.util.List;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;

/**
 * A device beside the scanner. Its calls may come from any thread, one after the other; each ends within its time-out, or with a
 * {@link ScannerException} when the thread is interrupted or the instrument closed. Whatever fails, amplifiers are switched off
 * and currents set to zero as far as they can be reached, and the message says what is not known.
 */
public interface Instrument extends AutoCloseable {
    /** What people read: "NanoVNA-H 4 at /dev/ttyACM0". */
    String description();

    /** Version of firmware; empty where the device cannot tell. */
    String firmware();

    /**
     * Asks the device how it is. Switches and moves nothing.
     *
     * @throws ScannerException when the device does not answer
     */
    List<SelfTestResult> selfTest() throws ScannerException;

    /** The amplifiers that it switches, in the order in which they are switched on. */
    default List<PowerAmplifier> amplifiers() {
        return List.of();
    }

    /** What the device has reported and nobody has acknowledged yet. Does not ask the device. Any thread. */
    default List<Interlock> interlocks() {
        return List.of();
    }

    /**
     * Lets go of an interlock, because a person said so. Nothing is ever reset without this call.
     *
     * @throws ScannerException with kind INTERLOCK while its cause is still there
     */
    default void acknowledge(Interlock interlock) throws ScannerException {}

    /** Leaves the device in its safe state, as far as it can be reached. Any thread, at any time. */
    @Override
    void close();
}
