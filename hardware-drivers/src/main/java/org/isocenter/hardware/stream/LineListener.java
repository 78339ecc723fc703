package org.isocenter.hardware.stream;

import java.io.IOException;

/** Takes what comes over a {@link Line}, on the line's reading thread, in order. */
public interface LineListener {
    /**
     * A frame of the line's session; or one that needs none (HELLO, CONTROL, WELCOME, REJECT); or, while the line carries no session,
     * any that is not numbered. Each numbered frame comes once, and none is missing. Good during the call.
     *
     * @throws FrameFormatException when it cannot be; the line goes on if {@link #broken} says nothing else
     */
    void frame(Frame frame) throws IOException;

    /** A sound frame of another session. */
    default void stranger(Frame frame) throws IOException {}

    /** A frame broke the protocol. */
    void broken(FrameFormatException problem);

    /** Four zeros in succession. */
    default void abort() {}

    /** The other side has closed the link, or it failed. The last call; not made when the line is closed on this side. */
    void lost(IOException cause);
}
