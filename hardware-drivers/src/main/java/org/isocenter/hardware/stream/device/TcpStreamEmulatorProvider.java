package org.isocenter.hardware.stream.device;

import java.io.IOException;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.EmulatorProvider;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;

/** Serves {@code stream+tcp://HOST:PORT}. */
public final class TcpStreamEmulatorProvider implements EmulatorProvider {
    @Override
    public String scheme() {
        return "stream+tcp";
    }

    @Override
    public Emulator listen(ListenAddress address, Faults faults) throws ScannerException, IOException {
        Playback playback = Playback.open(address, DeviceOptions.OWN);
        try {
            return new TcpStreamEmulator(address, playback, DeviceOptions.settings(address, playback, false), faults);
        } catch (IOException | ScannerException e) {
            playback.close();
            throw e;
        }
    }
}
