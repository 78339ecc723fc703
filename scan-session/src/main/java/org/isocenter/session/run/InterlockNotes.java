package org.isocenter.session.run;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;

/** Latches the interlocks that a scan meets, beyond its connections, tells of them, and says what they do to the scan. Any thread. */
final class InterlockNotes {
    private final DeviceInterlocks interlocks;
    private final String scanId;
    private final BiConsumer<URI, List<Interlock>> tell;

    /** @param tell is given each device's, when they are met */
    InterlockNotes(DeviceInterlocks interlocks, String scanId, BiConsumer<URI, List<Interlock>> tell) {
        this.interlocks = interlocks;
        this.scanId = scanId;
        this.tell = tell;
    }

    /** Throws while one is latched from an earlier connection. */
    void refuseWhileLatched(URI device) throws ScanException {
        interlocks.refuseWhileLatched(device);
    }

    /** Throws when the device has these latched. */
    void refuse(URI device, List<Interlock> latched) throws ScanException {
        if (!latched.isEmpty()) {
            throw noted(device, latched, "the scan cannot start, an interlock is latched", null);
        }
    }

    /** What ends a scan that these have stopped. */
    ScanException stopped(URI device, List<Interlock> latched, ScannerException cause) {
        return noted(device, latched, "an interlock stopped the scan", cause);
    }

    /** What ends a scan in which a device failed; these are latched there by now. */
    ScanException failed(URI device, List<Interlock> latched, ScannerException cause) {
        if (cause.kind() != ScannerException.Kind.INTERLOCK) {
            return new ScanException(ScanException.Kind.DEVICE, cause.getMessage(), cause);
        }
        List<Interlock> known = latched.isEmpty()
                ? List.of(new Interlock(Interlock.Kind.OTHER, cause.getMessage(), Instant.now()))
                : latched;
        return stopped(device, known, cause);
    }

    private ScanException noted(URI device, List<Interlock> latched, String what, ScannerException cause) {
        interlocks.latch(device, latched, scanId);
        tell.accept(device, latched);
        return new ScanException(
                ScanException.Kind.INTERLOCK,
                device + ": " + what + " (" + DeviceInterlocks.texts(latched) + "): " + DeviceInterlocks.wayOut(device),
                cause);
    }
}
