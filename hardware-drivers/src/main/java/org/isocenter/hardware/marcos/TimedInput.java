package org.isocenter.hardware.marcos;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.isocenter.hardware.transport.Transport;

/** What comes over a transport, until a moment that may still be moved nearer while somebody waits. One reader. */
final class TimedInput extends InputStream {
    /** How soon a nearer moment is seen. */
    private static final int LOOK_MILLIS = 50;

    private final Transport transport;
    private LongSupplier untilNanos;

    TimedInput(Transport transport) {
        this.transport = transport;
    }

    /** Nothing more came in time. */
    static final class TooLateException extends IOException {
        private static final long serialVersionUID = 1;

        TooLateException() {
            super("no answer in time");
        }
    }

    /** @param nanoTime when to give up, by {@link System#nanoTime}; asked again and again */
    void waitUntil(LongSupplier nanoTime) {
        untilNanos = nanoTime;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        read(one, 0, 1);
        return one[0] & 0xff;
    }

    /** Never says that the stream has ended: that is an {@link EOFException}. */
    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            long leftMillis = (untilNanos.getAsLong() - System.nanoTime()) / 1_000_000 + 1;
            int count = transport.read(buffer, offset, length, (int) Math.max(0, Math.min(LOOK_MILLIS, leftMillis)));
            if (count > 0) {
                return count;
            }
            if (count < 0) {
                throw new EOFException("the console closed the connection");
            }
            if (leftMillis <= 0) {
                throw new TooLateException();
            }
        }
    }
}
