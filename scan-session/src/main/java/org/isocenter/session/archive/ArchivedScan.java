package org.isocenter.session.archive;

import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * A scan in the archive.
 *
 * @param state name of the {@code ScanState} that it ended in, or that it was in when it was cut short
 * @param readouts acquired
 * @param files absolute paths; they may have been moved away since
 */
public record ArchivedScan(
        String id,
        String studyInstanceUid,
        String protocolName,
        String sequence,
        OffsetDateTime start,
        String state,
        int readouts,
        int expectedReadouts,
        Path directory,
        List<Path> files) {
    public ArchivedScan {
        files = List.copyOf(files);
    }
}
