package org.isocenter.session.run;

/** A scan, or the finishing of one, failed. The message is for the user: what, where, and what to do. */
public final class ScanException extends Exception {
    private static final long serialVersionUID = 1;
    private final Kind kind;

    /** Who has to do something about it. */
    public enum Kind {
        /** The request: parameters, sequence file, output folder, room on the disk. */
        INPUT,
        /** A safety limit refused the sequence. */
        SAFETY,
        /** The scanner failed. */
        DEVICE,
        /** An interlock stopped it, or keeps it from starting until a person has acknowledged it. */
        INTERLOCK,
        /** Results could not be made or kept; the journal has the data. */
        OUTPUT,
        /** It was aborted before there were any data. */
        ABORTED
    }

    public ScanException(Kind kind, String message) {
        this(kind, message, null);
    }

    public ScanException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
