package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.emulate.ListenAddress;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.Line;

/**
 * What an emulated device's address says of the device itself: {@code deadman=MILLISECONDS}, {@code queue=BYTES}, {@code baud=N},
 * {@code demodulation=device} or {@code host}.
 */
final class DeviceOptions {
    private static final String DEMODULATION = "demodulation";
    private static final List<String> DEMODULATORS = List.of("device", "host");

    /** The others are the virtual scanner's. */
    static final Set<String> OWN = Set.of("deadman", "queue", "baud", DEMODULATION);

    /** A computer with other work is not as punctual as a microcontroller. */
    private static final int DEAD_MAN_MILLIS = 1000;

    private static final int NETWORK_WINDOW = 1 << 20;
    private static final int SERIAL_LARGEST = 4096;
    private static final int SERIAL_WINDOW = 1 << 14;
    private static final long QUEUE_IN_MEMORY = 8 << 20;
    private static final int BAUD = 115_200;

    private DeviceOptions() {}

    static DeviceSettings settings(ListenAddress address, Playback playback, boolean serial)
            throws ScannerException, IOException {
        int largest = serial ? SERIAL_LARGEST : Line.LARGEST;
        long room = playback.needsTheWhole() ? roomOnDisk() : QUEUE_IN_MEMORY;
        return new DeviceSettings(
                "Emulated device, " + playback.limits().name(),
                (int) number(address, "deadman", DEAD_MAN_MILLIS, 100, 5000),
                largest,
                serial ? SERIAL_WINDOW : NETWORK_WINDOW,
                number(address, "queue", room, largest, Long.MAX_VALUE / 2),
                "real".equals(address.option("pace")) && !playback.needsTheWhole(),
                demodulates(address));
    }

    private static boolean demodulates(ListenAddress address) throws ScannerException {
        String value = address.option(DEMODULATION);
        if (value != null && !DEMODULATORS.contains(value)) {
            throw address.refused(
                    DEMODULATION + " '" + value + "' is not known; known are " + String.join(", ", DEMODULATORS));
        }
        return !"host".equals(value);
    }

    static int baud(ListenAddress address) throws ScannerException {
        return (int) number(address, "baud", BAUD, 1, 100_000_000);
    }

    /** Half of what is free where temporary files are. */
    private static long roomOnDisk() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        return Math.max(Line.LARGEST, Files.getFileStore(folder).getUsableSpace() / 2);
    }

    private static long number(ListenAddress address, String key, long otherwise, long least, long most)
            throws ScannerException {
        String value = address.option(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.matches("\\d{1,18}") || Long.parseLong(value) < least || Long.parseLong(value) > most) {
            throw address.refused(key + " '" + value + "' is not a whole number from " + least + " to " + most);
        }
        return Long.parseLong(value);
    }
}
