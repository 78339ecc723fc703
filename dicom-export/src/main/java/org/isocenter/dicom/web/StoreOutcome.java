package org.isocenter.dicom.web;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What became of one instance.
 *
 * @param file that was sent
 * @param sopInstanceUid of the instance
 * @param reason a sentence; empty when stored as it was
 * @param pause how long the server asks to be left alone before another attempt; zero when it does not say
 */
public record StoreOutcome(Path file, String sopInstanceUid, Kind kind, String reason, Duration pause) {
    /** Whether the server has it, and if not, whether it is worth another attempt. */
    public enum Kind {
        /** The server has it, as it was sent. */
        STORED,
        /** The server has it, but says that something is not as it was. */
        WARNING,
        /** Not stored; may work later. */
        TRY_LATER,
        /** Not stored, and never will be as it is. */
        REFUSED
    }
}
