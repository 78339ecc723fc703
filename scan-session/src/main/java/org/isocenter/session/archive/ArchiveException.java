package org.isocenter.session.archive;

/** The archive cannot be read or written. The message says where and what to do. */
public final class ArchiveException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ArchiveException(String message, Throwable cause) {
        super(message, cause);
    }
}
