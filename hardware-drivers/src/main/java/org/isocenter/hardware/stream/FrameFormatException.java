package org.isocenter.hardware.stream;

import java.io.IOException;

/** A sound frame whose content cannot be: the other side breaks the protocol. The message says what was found. */
public final class FrameFormatException extends IOException {
    private static final long serialVersionUID = 1;

    public FrameFormatException(String message) {
        super(message);
    }
}
