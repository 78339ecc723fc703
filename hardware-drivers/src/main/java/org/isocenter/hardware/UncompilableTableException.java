package org.isocenter.hardware;

/** An event table asks for what a device cannot play. The message says what, when, and what would help. */
public final class UncompilableTableException extends Exception {
    private static final long serialVersionUID = 1;

    public UncompilableTableException(String message) {
        super(message);
    }
}
