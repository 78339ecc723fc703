package org.isocenter.session.journal;

import java.io.IOException;

/** A file is no journal, or not even the header of its scan can be read. */
public final class JournalFormatException extends IOException {
    private static final long serialVersionUID = 1;

    JournalFormatException(String file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
