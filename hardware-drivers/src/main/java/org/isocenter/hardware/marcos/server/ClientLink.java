package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.BooleanSupplier;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.hardware.transport.TransportTimeoutException;

/**
 * The bytes to and from one client, without any time-out, as the real server has none: waits end when the client leaves or the
 * server closes. One thread.
 */
final class ClientLink {
    private static final int POLL_MILLIS = 200;
    /** What a client may send ahead while the server is busy, before it is left in the network. */
    private static final int AHEAD = 1 << 16;

    private final Transport transport;
    private final BooleanSupplier closing;
    private final byte[] ahead = new byte[AHEAD];
    private int from;
    private int to;
    private boolean ended;

    ClientLink(Transport transport, BooleanSupplier closing) {
        this.transport = transport;
        this.closing = closing;
    }

    private boolean stays(int millis) throws IOException {
        if (!ended && to < AHEAD) {
            int count = transport.read(ahead, to, AHEAD - to, millis);
            to += Math.max(0, count);
            ended = count < 0;
        }
        return !ended && !closing.getAsBoolean();
    }

    /**
     * Waits for so long, or less when the client sends something.
     *
     * @throws ClientLeftException when it has left, or the server closes
     */
    void await(int millis) throws IOException {
        if (!stays(millis)) {
            throw new ClientLeftException();
        }
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                while (from == to) {
                    from = 0;
                    to = 0;
                    if (!stays(POLL_MILLIS) && to == 0) {
                        return -1;
                    }
                }
                int count = Math.min(length, to - from);
                System.arraycopy(ahead, from, buffer, offset, count);
                from += count;
                return count;
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] buffer, int offset, int length) throws IOException {
                int done = 0;
                while (done < length) {
                    try {
                        transport.write(buffer, offset + done, length - done, POLL_MILLIS);
                        return;
                    } catch (TransportTimeoutException e) {
                        done += e.taken();
                        if (closing.getAsBoolean()) {
                            throw e;
                        }
                    }
                }
            }
        };
    }
}
