package org.isocenter.hardware.virtual;

/** A table asks for what no scanner can do; the message says what and when. */
final class UnplayableTableException extends Exception {
    private static final long serialVersionUID = 1;

    UnplayableTableException(String message) {
        super(message);
    }
}
