package org.isocenter.dicom.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What went wrong between us and a web service. The message is a sentence for the user: what, where, what to do. It holds
 * no query, no reply text and no credentials: they may tell who the patient is, or let others in.
 */
public final class WebException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What kind of failure. */
    public enum Kind {
        /** No connection: wrong address, server off, network down. */
        UNREACHABLE(true),
        /** The certificates do not fit; they may be renewed meanwhile. */
        TLS(true),
        /** Connected, but nothing came or went for too long. */
        TIMEOUT(true),
        /** The connection ended before the exchange did. */
        CLOSED(true),
        /** The credentials are missing, wrong or expired (401); they may be renewed meanwhile. */
        UNAUTHORIZED(true),
        /** The server cannot now, but may later (408, 425, 429, 5xx). */
        BUSY(true),
        /** The server will not, however often it is asked (400, 403, 404, 413, 415 …). */
        REFUSED(false),
        /** The server answers in a way that is no DICOMweb, FHIR or OAuth. */
        PROTOCOL(false),
        /** A file of our own cannot be used: a token, a key; it may be renewed meanwhile. */
        LOCAL(true),
        /** Someone here ended it. */
        CANCELLED(true);

        private final boolean temporary;

        Kind(boolean temporary) {
            this.temporary = temporary;
        }
    }

    private final Kind kind;
    private final int status;
    private final Duration retryAfter;

    WebException(Kind kind, String sentence) {
        this(kind, 0, null, sentence);
    }

    /**
     * @param status of HTTP; 0 when there was none
     * @param retryAfter or null
     */
    WebException(Kind kind, int status, Duration retryAfter, String sentence) {
        super(sentence);
        this.kind = kind;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same may well succeed later, with nothing changed here. */
    public boolean isTemporary() {
        return kind.temporary;
    }

    /** The HTTP status; 0 when there was no reply. */
    public int status() {
        return status;
    }

    /** How long the server asks us to wait before the next attempt. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
