package org.isocenter.hardware.emulate;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import org.isocenter.hardware.virtual.OutputState;

/** The virtual scanner behind a real wire protocol. It listens from the moment that it is opened. */
public interface Emulator extends Closeable {
    /** What a driver is given to connect: with the port that was free when any was asked for. */
    URI address();

    /** What people read: "Emulated event-stream device (osi2one, phantom brain)". */
    String description();

    /**
     * Serves one client after the other. Returns when the emulator has been closed or the thread interrupted; whatever a client
     * sends only ends that client's connection.
     *
     * @throws IOException when no client can come any more
     */
    void serve() throws IOException;

    /** What its outputs are set to now. Any thread. */
    OutputState outputs();

    /**
     * Tells from now on, in a line for people each, when clients come and play, and what the outputs are set to when they end, with the
     * cause: told to stop, link lost, no heartbeat, at its end. On whatever thread it happens; the listener must not wait.
     */
    void tellTo(Consumer<String> listener);

    /** Makes the outputs safe and ends {@link #serve}. Any thread; more than once does no harm. */
    @Override
    void close();
}
