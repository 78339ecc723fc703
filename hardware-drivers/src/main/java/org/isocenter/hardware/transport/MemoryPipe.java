package org.isocenter.hardware.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Bytes from one thread to another through a ring. */
final class MemoryPipe {
    private final String name;
    private final byte[] ring;
    private int first;
    private int count;
    private boolean readerClosed;
    private boolean writerClosed;

    MemoryPipe(String name, int capacity) {
        this.name = name;
        ring = new byte[capacity];
    }

    synchronized int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            if (readerClosed) {
                throw new IOException(name + " has been closed");
            }
            if (count > 0) {
                return take(buffer, offset, length);
            }
            if (writerClosed) {
                return -1;
            }
            if (!await(begin, timeoutMillis)) {
                return 0;
            }
        }
    }

    private int take(byte[] buffer, int offset, int length) {
        int taken = Math.min(length, count);
        for (int i = 0; i < taken; i++) {
            buffer[offset + i] = ring[(first + i) % ring.length];
        }
        first = (first + taken) % ring.length;
        count -= taken;
        notifyAll();
        return taken;
    }

    synchronized void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        long begin = System.nanoTime();
        int written = 0;
        while (true) {
            if (writerClosed || readerClosed) {
                throw new IOException(name + (writerClosed ? " has been closed" : ": the other side has closed"));
            }
            int now = Math.min(length - written, ring.length - count);
            for (int i = 0; i < now; i++) {
                ring[(first + count + i) % ring.length] = buffer[offset + written + i];
            }
            if (now > 0) {
                count += now;
                written += now;
                begin = System.nanoTime();
                notifyAll();
            }
            if (written == length) {
                return;
            }
            if (!await(begin, timeoutMillis)) {
                throw new TransportTimeoutException(name, written, timeoutMillis);
            }
        }
    }

    /** False when the time is over. */
    private boolean await(long beginNanos, int timeoutMillis) throws IOException {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis) - (System.nanoTime() - beginNanos);
        if (left <= 0) {
            return false;
        }
        try {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException(name + ": the wait was interrupted").initCause(e);
        }
    }

    synchronized void closeReader() {
        readerClosed = true;
        notifyAll();
    }

    synchronized void closeWriter() {
        writerClosed = true;
        notifyAll();
    }
}
