package org.isocenter.hardware.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** Passes bytes on to a link when their time has come, from a thread of its own that lives while there are any. */
final class LateWriter {
    private static final int MOST_BYTES_WAITING = 4 << 20;

    private record Parcel(long dueNanos, byte[] bytes, boolean withOthers, int timeoutMillis) {}

    private final Transport link;
    private final Queue<Parcel> parcels = new ArrayDeque<>();
    private int bytesWaiting;
    private boolean running;
    private boolean closing;
    private boolean closed;
    private IOException failure;

    LateWriter(Transport link) {
        this.link = link;
    }

    /**
     * Queues bytes, in order.
     *
     * @param withOthers whether all that wait by then go in one piece
     * @throws IOException when bytes before these could not be sent
     */
    synchronized void add(byte[] bytes, int delayMillis, boolean withOthers, int timeoutMillis) throws IOException {
        long begin = System.nanoTime();
        while (bytesWaiting > MOST_BYTES_WAITING && failure == null && !closed) {
            long left = TimeUnit.MILLISECONDS.toNanos(timeoutMillis) - (System.nanoTime() - begin);
            if (left <= 0) {
                throw new TransportTimeoutException(link.name(), 0, timeoutMillis);
            }
            pause(left);
        }
        if (failure != null || closed) {
            throw failure != null ? failure : new IOException(link.name() + " has been closed");
        }
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        parcels.add(new Parcel(due, bytes, withOthers, timeoutMillis));
        bytesWaiting += bytes.length;
        notifyAll();
        if (!running) {
            running = true;
            Thread thread = new Thread(this::deliver, "late bytes of " + link.name());
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** The link is closed when all that waits has been sent. */
    synchronized void closeAfterwards() {
        closing = true;
        if (!running) {
            link.close();
        }
    }

    /** What waits is lost. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void deliver() {
        try {
            for (Parcel parcel = next(); parcel != null; parcel = next()) {
                link.write(parcel.bytes(), 0, parcel.bytes().length, parcel.timeoutMillis());
            }
        } catch (IOException e) {
            end(e);
        }
    }

    private synchronized void end(IOException cause) {
        failure = cause;
        notifyAll();
    }

    /** Waits for the next that is due; null when there is none. */
    private synchronized Parcel next() throws IOException {
        while (!closed && !parcels.isEmpty()) {
            long left = parcels.element().dueNanos() - System.nanoTime();
            if (left <= 0) {
                return taken();
            }
            pause(left);
        }
        running = false;
        if (closing) {
            link.close();
        }
        return null;
    }

    private Parcel taken() {
        Parcel first = parcels.remove();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(first.bytes());
        while (first.withOthers() && !parcels.isEmpty()) {
            bytes.writeBytes(parcels.remove().bytes());
        }
        bytesWaiting -= bytes.size();
        notifyAll();
        return new Parcel(first.dueNanos(), bytes.toByteArray(), first.withOthers(), first.timeoutMillis());
    }

    private void pause(long nanos) throws IOException {
        try {
            TimeUnit.NANOSECONDS.timedWait(this, nanos);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(link.name() + ": the wait was interrupted", e);
        }
    }
}
