package org.isocenter.session.run;

import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.Scanners;
import org.isocenter.hardware.instrument.Instrument;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.session.archive.Archive;

/**
 * The interlocks that are latched, device by device, as the archive keeps them: they outlive connections and programs, and no scan
 * starts on the device until a person has acknowledged them. Any thread; calls wait for the disk, {@link #acknowledge} for the device.
 */
public final class DeviceInterlocks {
    private final Archive archive;

    public DeviceInterlocks(Archive archive) {
        this.archive = archive;
    }

    /** The interlocks of this device that nobody has acknowledged, the oldest first. */
    public List<Interlock> latched(URI device) {
        return archive.latched(hardware(device));
    }

    /** @param scanId of the scan that they stopped or kept from starting, or null */
    public void latch(URI device, List<Interlock> interlocks, String scanId) {
        for (Interlock each : interlocks) {
            archive.latch(hardware(device), each, scanId);
        }
    }

    /**
     * Clears all interlocks of a device, because a person said that their causes are mended. Connects to the device and has it
     * clear its own.
     *
     * @return those that were latched
     * @throws ScannerException when the device cannot be reached, or with kind INTERLOCK while a cause is still there; they then
     *     stay latched
     */
    public List<Interlock> acknowledge(URI device) throws ScannerException {
        if (Instruments.schemes().contains(device.getScheme())) {
            return acknowledgeInstrument(device);
        }
        try (Scanner scanner = Scanners.open(device)) {
            latch(device, scanner.interlocks(), null);
            List<Interlock> latched = latched(device);
            for (Interlock each : scanner.interlocks()) {
                scanner.acknowledge(each);
            }
            archive.acknowledge(hardware(device));
            return latched;
        }
    }

    private List<Interlock> acknowledgeInstrument(URI address) throws ScannerException {
        try (Instrument instrument = Instruments.open(address)) {
            instrument.selfTest();
            latch(address, instrument.interlocks(), null);
            List<Interlock> latched = latched(address);
            for (Interlock each : latched) {
                // An instrument may not tell a new connection of a fault that it still has: it is reset all the same.
                instrument.acknowledge(instrument.interlocks().stream()
                        .filter(own -> own.kind() == each.kind())
                        .findFirst()
                        .orElse(each));
            }
            archive.acknowledge(hardware(address));
            return latched;
        }
    }

    /** Throws while an interlock of this device is latched. */
    void refuseWhileLatched(URI device) throws ScanException {
        List<Interlock> latched = latched(device);
        if (!latched.isEmpty()) {
            throw new ScanException(
                    ScanException.Kind.INTERLOCK,
                    device + ": an interlock is latched (" + texts(latched) + "): " + wayOut(device));
        }
    }

    static String texts(List<Interlock> interlocks) {
        return interlocks.stream().map(Interlock::text).collect(Collectors.joining("; "));
    }

    static String wayOut(URI device) {
        return "mend the cause, then acknowledge it in the window or with: isocenter devices '" + hardware(device)
                + "' --acknowledge";
    }

    /** What names the hardware: the address without options. */
    static String hardware(URI device) {
        String address = device.toString();
        int question = address.indexOf('?');
        return question < 0 ? address : address.substring(0, question);
    }
}
