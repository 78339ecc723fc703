package org.isocenter.hardware.transport;

import java.io.Closeable;
import java.io.IOException;

/**
 * Bytes to and from a device, in both directions at once: one thread may read while another writes. {@link #close} is for any
 * thread and ends what the others wait for with an {@link IOException}.
 */
public interface Transport extends Closeable {
    /** What people read: "192.168.1.101:11111", "/dev/ttyACM0". */
    String name();

    /**
     * Waits for at least one byte, but no longer than this.
     *
     * @param timeoutMillis 0 takes only what is there already
     * @return how many bytes were read, from 1 to {@code length}; 0 when the time is over; -1 when the other side has ended
     * @throws IOException when the link is lost or closed
     */
    int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException;

    /**
     * Hands all of these bytes to the link, but waits no longer than this each time that there is no room.
     *
     * @throws TransportTimeoutException when the other side takes no more; it says how many bytes were taken
     * @throws IOException when the link is lost or closed
     */
    void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException;

    @Override
    void close();
}
