package org.isocenter.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open serial port. The library's own reads wait in steps of 100 ms, and a write to a device that takes nothing never ends;
 * so two threads do the reading and writing, and callers meet them at an in-memory link, which keeps time-outs to the
 * millisecond and wakes everyone on close.
 */
final class SerialTransport implements Transport {
    /** The system's shortest wait for bytes, and so what closing takes at most. */
    static final int NATIVE_READ_MILLIS = 100;

    private static final Logger LOG = LoggerFactory.getLogger(SerialTransport.class);
    /** Small, so that an abort that is written after others is not far behind them. */
    private static final int QUEUE_BYTES = 1024;

    private static final int WRITE_BYTES = 256;
    private static final int READ_BYTES = 4096;

    private static final long LAST_BYTES_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final String path;
    private final SerialPort port;
    private final Transport caller;
    private final Transport wire;
    private final Thread reader;
    private final Thread writer;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean lost;

    /** @param port opened just now */
    SerialTransport(String path, SerialPort port) {
        this.path = path;
        this.port = port;
        MemoryTransport.Pair link = MemoryTransport.pair(path, QUEUE_BYTES);
        caller = link.near();
        wire = link.far();
        reader = thread("reader", this::readAll);
        writer = thread("writer", this::writeAll);
    }

    private Thread thread(String job, Runnable work) {
        Thread thread = new Thread(work, "serial " + job + " " + path);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public String name() {
        return path;
    }

    @Override
    public int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        int count = caller.read(buffer, offset, length, timeoutMillis);
        if (count < 0) {
            throw unplugged(null);
        }
        return count;
    }

    @Override
    public void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        try {
            caller.write(buffer, offset, length, timeoutMillis);
        } catch (IOException e) {
            throw lost ? unplugged(e) : e;
        }
    }

    private IOException unplugged(IOException cause) {
        return new IOException(path + " is gone: was the device unplugged or switched off?", cause);
    }

    private void readAll() {
        byte[] buffer = new byte[READ_BYTES];
        while (!closed.get()) {
            int count = port.readBytes(buffer, buffer.length);
            if (count < 0) {
                lose();
                return;
            }
            if (!handOver(buffer, count)) {
                return;
            }
        }
    }

    /** False when nobody will read it any more. */
    private boolean handOver(byte[] buffer, int count) {
        try {
            wire.write(buffer, 0, count, Integer.MAX_VALUE);
            return true;
        } catch (IOException e) {
            LOG.debug("{}: {} bytes came after it was closed", path, count);
            return false;
        }
    }

    private void writeAll() {
        byte[] buffer = new byte[WRITE_BYTES];
        try {
            int count = wire.read(buffer, 0, buffer.length, Integer.MAX_VALUE);
            while (count >= 0) {
                if (port.writeBytes(buffer, count) != count) {
                    lose();
                    return;
                }
                count = wire.read(buffer, 0, buffer.length, Integer.MAX_VALUE);
            }
        } catch (IOException e) {
            LOG.debug("{}: writing ended", path, e);
        }
    }

    private void lose() {
        if (!closed.get()) {
            lost = true;
            LOG.warn("{} is gone", path);
        }
        wire.close();
    }

    /** What has been written still goes out, as far as the device takes it within half a second. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        caller.close();
        awaitLastBytes();
        if (writer.isAlive()) {
            // Frees it where the device has left it waiting.
            port.flushIOBuffers();
            join(writer);
        }
        join(reader);
        port.closePort();
        OpenPorts.remove(port.getSystemPortPath());
    }

    private void awaitLastBytes() {
        long begin = System.nanoTime();
        while (!lost
                && System.nanoTime() - begin < LAST_BYTES_NANOS
                && (writer.isAlive() || port.bytesAwaitingWrite() > 0)) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        // A pseudo-terminal does not tell what is under way, and closing throws that away.
        long left = SETTLE_NANOS;
        long settling = System.nanoTime();
        while (!lost && left > 0) {
            LockSupport.parkNanos(left);
            left = SETTLE_NANOS - (System.nanoTime() - settling);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(2L * NATIVE_READ_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
