package org.isocenter.recon.remote;

import java.io.IOException;

/** Another program did not do what was asked of it over an MRD stream. The message names it and what happened. */
public final class RemoteException extends IOException {
    private static final long serialVersionUID = 1;

    /** What happened, in kinds. */
    public enum Kind {
        /** There was nobody to talk to. */
        UNREACHABLE,
        /** It neither took nor sent anything for too long. */
        SILENT,
        /** The connection ended before the talk did. */
        BROKEN_OFF,
        /** What it sent is no MRD stream. */
        GARBAGE,
        /** It sent more than there is room for. */
        TOO_MUCH,
        /** It said itself that it failed. */
        FAILED,
        /** It finished without an image. */
        NO_IMAGE,
        /** The data cannot be put into an MRD stream. */
        UNSENDABLE,
        /** Somebody here did not want to wait any longer. */
        CANCELLED
    }

    private final Kind kind;

    RemoteException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
