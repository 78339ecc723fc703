package org.isocenter.session.run;

import java.net.URI;
import java.util.List;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.StopLatency;

/** What happens during a scan. Delivered in order on the session's event thread, never on a thread of the scanner. */
public sealed interface ScanEvent {
    /** The scan's id, as in {@link org.isocenter.model.ScanHeader#measurementId}. */
    String scanId();

    record StateChanged(String scanId, ScanState state) implements ScanEvent {}

    /** The scan has been checked and is about to start: from now on {@code live} can be read. */
    record Started(String scanId, LiveScan live) implements ScanEvent {}

    /** The scanner gets ready and plays nothing yet; {@code share} of that is done, from 0 to 1. Not from every scanner. */
    record Preparing(String scanId, double share) implements ScanEvent {}

    /** At most ten a second; also while the table has no readout, from scanners that tell how far they are. */
    record Progress(String scanId, int readouts, int expectedReadouts, double secondsLeft) implements ScanEvent {}

    /** So much of making the images is done, from 0 to 1; about a hundred times. Not from every reconstruction. */
    record Reconstructing(String scanId, double share) implements ScanEvent {}

    /** How long a stop takes now, at worst; told again when it changes. */
    record StopTakes(String scanId, StopLatency latency) implements ScanEvent {}

    /** Interlocks of the device are latched: they stopped the scan, or keep it from starting. */
    record Interlocked(String scanId, URI device, List<Interlock> interlocks) implements ScanEvent {
        public Interlocked {
            interlocks = List.copyOf(interlocks);
        }
    }

    /** Done: everything is on disk and in the archive. Also sent for an aborted scan that left data. */
    record Finished(String scanId, ScanResult result) implements ScanEvent {}

    /** It failed. {@code message} is for the user and says what to do. */
    record Failed(String scanId, String message, Throwable cause) implements ScanEvent {}
}
