package org.isocenter.hardware;

/** A scanner failed or refused. The message names the device, the last command and what to do. */
public final class ScannerException extends Exception {
    private static final long serialVersionUID = 1;
    private final Kind kind;
    private final String device;

    /** What went wrong. */
    public enum Kind {
        LINK_LOST,
        TIMEOUT,
        REFUSED,
        DEVICE_FAULT,
        PROTOCOL,
        INTERLOCK
    }

    public ScannerException(Kind kind, String device, String message) {
        this(kind, device, message, null);
    }

    public ScannerException(Kind kind, String device, String message, Throwable cause) {
        super(device + ": " + message, cause);
        this.kind = kind;
        this.device = device;
    }

    public Kind kind() {
        return kind;
    }

    public String device() {
        return device;
    }
}
