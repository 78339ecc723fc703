package org.isocenter.dicom.net;

import java.io.IOException;

/** Why an association failed: what happened, with whom, what to do. The association is over. Never holds patient data. */
public final class DicomNetException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure. */
    public enum Kind {
        /** No connection: unknown host, nothing listens there, no way. */
        UNREACHABLE,
        /** The secured connection could not be set up: certificates, names, versions. */
        TLS,
        /** The peer does not want this association. */
        REJECTED,
        /** The peer took the association, but nothing that was proposed on it. */
        NOTHING_ACCEPTED,
        /** Either side aborted. */
        ABORTED,
        /** The peer did not answer, or did not read, in time. */
        TIMEOUT,
        /** The peer sent what does not belong there. */
        PROTOCOL,
        /** The connection ended without release or abort. */
        CLOSED
    }

    private final Kind kind;
    private final boolean transientFailure;

    DicomNetException(Kind kind, String message, Throwable cause) {
        this(
                kind,
                kind == Kind.UNREACHABLE || kind == Kind.ABORTED || kind == Kind.TIMEOUT || kind == Kind.CLOSED,
                message,
                cause);
    }

    DicomNetException(Kind kind, boolean transientFailure, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.transientFailure = transientFailure;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same may work later without anybody changing settings here or there. */
    public boolean isTransient() {
        return transientFailure;
    }
}
