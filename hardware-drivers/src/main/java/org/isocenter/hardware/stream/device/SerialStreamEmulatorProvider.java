package org.isocenter.hardware.stream.device;

import java.io.IOException;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.EmulatorProvider;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.serial.SerialPorts;
import org.isocenter.hardware.serial.SerialSettings;
import org.isocenter.hardware.transport.Transport;

/** Serves {@code stream+serial:/dev/NAME}. */
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
            Transport line = SerialPorts.open(address.path(), SerialSettings.of(DeviceOptions.baud(address)));
            return new SerialStreamEmulator(address, line, playback, settings, faults);
        } catch (IOException | ScannerException e) {
            playback.close();
            throw e;
        }
    }
}
