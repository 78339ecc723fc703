package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.EmulatorProvider;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.serial.PseudoTerminal;
import org.isocenter.hardware.serial.SerialPorts;
import org.isocenter.hardware.serial.SerialSettings;
import org.isocenter.hardware.transport.Transport;

/**
 * Serves {@code stream+serial:PATH}. A path that is not there and not of a device is made into a pseudo-terminal, which a driver
 * opens by the same address.
 */
public final class SerialStreamEmulatorProvider implements EmulatorProvider {
    @Override
    public String scheme() {
        return "stream+serial";
    }

    @Override
    public Emulator listen(ListenAddress address, Faults faults) throws ScannerException, IOException {
        Playback playback = Playback.open(address, DeviceOptions.OWN);
        try {
            DeviceSettings settings = DeviceOptions.settings(address, playback, true);
            return new SerialStreamEmulator(address, line(address), playback, settings, faults);
        } catch (IOException | ScannerException e) {
            playback.close();
            throw e;
        }
    }

    private static Transport line(ListenAddress address) throws ScannerException, IOException {
        Path path = Path.of(address.path());
        return path.startsWith("/dev") || Files.exists(path)
                ? SerialPorts.open(address.path(), SerialSettings.of(DeviceOptions.baud(address)))
                : PseudoTerminal.open(path);
    }
}
