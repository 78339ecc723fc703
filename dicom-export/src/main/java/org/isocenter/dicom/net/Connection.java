package org.isocenter.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import jdk.net.ExtendedSocketOptions;

/**
 * The bytes of a connection, plain or secured. No read and no write waits for ever. One thread reads; any may write or close.
 */
final class Connection {
    private static final int BUFFER_BYTES = 1 << 16;
    private static final Duration GLANCE = Duration.ofMillis(1);
    private static final Duration LAST_WORDS = Duration.ofMillis(300);

    private final Socket socket;
    /** What carries a secured socket: closing this one never waits for the peer. */
    private final Socket carrier;

    private final InputStream in;
    private final OutputStream out;
    private final boolean quickAcknowledge;
    private final ReentrantLock writing = new ReentrantLock();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int limit;

    /** @param carrier the plain socket below {@code socket}, or the same */
    Connection(Socket socket, Socket carrier) throws IOException {
        this.socket = socket;
        this.carrier = carrier;
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.quickAcknowledge = carrier.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
        carrier.setTcpNoDelay(true);
    }

    InetAddress remoteAddress() {
        return carrier.getInetAddress();
    }

    /** Waits for a byte to be there. False when the peer closed instead. */
    boolean await(Deadline deadline) throws IOException {
        if (position < limit) {
            return true;
        }
        int count = read(buffer, 0, buffer.length, deadline);
        position = 0;
        limit = Math.max(0, count);
        return count > 0;
    }

    /** Whether something to read is there now. */
    boolean hasInput() throws IOException {
        if (position < limit || in.available() > 0) {
            return true;
        }
        // A secured socket does not know how much is there before it has read it.
        return socket != carrier && arrives(GLANCE);
    }

    /** Whether a byte comes in time, or the end. */
    boolean arrives(Duration within) throws IOException {
        try {
            await(Deadline.after(within));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    void readFully(byte[] to, int length, Deadline deadline) throws IOException {
        int done = Math.min(length, limit - position);
        System.arraycopy(buffer, position, to, 0, done);
        position += done;
        while (done < length) {
            int rest = length - done;
            if (rest < buffer.length / 2) {
                if (!await(deadline)) {
                    throw new EOFException();
                }
                int count = Math.min(rest, limit - position);
                System.arraycopy(buffer, position, to, done, count);
                position += count;
                done += count;
            } else {
                int count = read(to, done, rest, deadline);
                if (count < 0) {
                    throw new EOFException();
                }
                done += count;
            }
        }
    }

    private int read(byte[] to, int offset, int length, Deadline deadline) throws IOException {
        socket.setSoTimeout(deadline.millisLeft());
        return in.read(to, offset, length);
    }

    /** @throws SocketTimeoutException when the peer does not take the bytes in time; the connection is closed then */
    void write(byte[] bytes, int length, Duration timeout) throws IOException {
        writing.lock();
        try {
            writeLocked(bytes, length, timeout);
        } finally {
            writing.unlock();
        }
    }

    private void writeLocked(byte[] bytes, int length, Duration timeout) throws IOException {
        Watchdog.guard(carrier, timeout, () -> {
            out.write(bytes, 0, length);
            out.flush();
        });
        acknowledgeAtOnce();
    }

    /**
     * Peers that send an answer in two pieces wait with the second until the first is acknowledged, which systems put off
     * for 40 ms: with DCMTK that is most of the time of a C-STORE. The option does not last, so it is set again each time.
     */
    private void acknowledgeAtOnce() throws IOException {
        if (quickAcknowledge) {
            carrier.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
        }
    }

    /** Sends last words unless a write is stuck, and closes. Any thread; never waits for long. */
    void closeAfter(byte[] lastWords) {
        if (lockForLastWords()) {
            try {
                writeLocked(lastWords, lastWords.length, LAST_WORDS);
                carrier.shutdownOutput();
            } catch (IOException e) {
                // The peer need not hear it: the connection ends either way.
                close();
            } finally {
                writing.unlock();
            }
        }
        close();
    }

    /** A write that goes well is over soon. */
    private boolean lockForLastWords() {
        try {
            return writing.tryLock(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Waits for the peer to close, throwing away what it still says, and closes. */
    void closeAfterPeer(Duration atMost) {
        Deadline deadline = Deadline.after(atMost);
        try {
            while (await(deadline)) {
                position = limit;
            }
        } catch (IOException e) {
            // Late, or cut: either way it is over.
            close();
        }
        close();
    }

    /** Any thread. */
    void close() {
        Watchdog.close(carrier);
    }
}
