package org.isocenter.hardware.emulate;

import java.io.IOException;
import org.isocenter.hardware.ScannerException;

/** Opens emulators of one URI scheme. Found by {@link java.util.ServiceLoader}. */
public interface EmulatorProvider {
    /** "stream+tcp", "marcos" … */
    String scheme();

    /**
     * Starts to listen.
     *
     * @throws ScannerException of kind REFUSED for options that are not known
     * @throws IOException when the port or device cannot be had
     */
    Emulator listen(ListenAddress address, Faults faults) throws ScannerException, IOException;
}
