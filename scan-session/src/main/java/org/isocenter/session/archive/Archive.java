package org.isocenter.session.archive;

import java.nio.file.Path;
import java.util.List;
import org.isocenter.model.Study;

/** The local database of studies, scans, series and files (SQLite), and the folder that holds them. Any thread. */
public final class Archive implements AutoCloseable {

    /** Opens, and makes when missing, the archive in this folder. */
    public static Archive open(Path folder) {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** Where a new scan of this study puts its files: made, empty, and never used twice. */
    public Path newScanDirectory(Study study) {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** Newest first. */
    public List<ArchivedStudy> studies() {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** Scans that were cut short (a journal without an end): what the console offers to finish at its start. */
    public List<ArchivedScan> interrupted() {
        throw new UnsupportedOperationException("scan-session helper");
    }

    @Override
    public void close() {}
}
