package org.isocenter.hardware.stream;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.isocenter.hardware.transport.Transport;

/**
 * One connection, either side of it: a thread that reads, and a thread that writes, so that neither waits for the other. What is
 * to be sent goes out in this order: an abort, unnumbered frames, the acknowledgement that is due, numbered frames as
 * window and credit allow. Any thread may send and abort; neither waits.
 */
public final class Line implements Closeable {
    private static final int READ_MILLIS = 250;
    private static final int WRITE_MILLIS = 2000;
    private static final int END_MILLIS = 1000;
    /** Longest frame that any side takes. */
    public static final int LARGEST = 1 << 16;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Transport transport;
    private final LineListener listener;
    private final FrameDecoder decoder;
    private final Outlet outlet;
    private final int mostAtOnce;
    private final Thread reader;
    private final Thread writer;
    private volatile Exchange exchange;
    private volatile long heardNanos = System.nanoTime();
    private volatile boolean closed;
    private volatile boolean ended;

    /**
     * @param largest longest frame that is taken
     * @param mostAtOnce bytes that are handed to the link in one piece, at least one frame
     * @param thread name of its threads
     */
    public Line(Transport transport, int largest, int mostAtOnce, String thread, LineListener listener) {
        this.transport = transport;
        this.listener = listener;
        this.mostAtOnce = mostAtOnce;
        decoder = new FrameDecoder(largest);
        outlet = new Outlet();
        reader = new Thread(() -> guarded(this::read), thread + " reader");
        writer = new Thread(() -> guarded(this::write), thread + " writer");
        reader.setDaemon(true);
        writer.setDaemon(true);
    }

    /** Begins to read and write. */
    public void start() {
        reader.start();
        writer.start();
    }

    public String name() {
        return transport.name();
    }

    /** From now on numbered frames are those of this session; null for none. Best called by the listener, between frames. */
    public void carry(Exchange next) {
        Exchange before = exchange;
        if (before != null && before != next) {
            before.carriedBy(() -> {});
        }
        exchange = next;
        if (next != null) {
            next.carriedBy(this::wake);
        }
    }

    /**
     * Sends an unnumbered frame.
     *
     * @param frame with its payload; may be used again afterwards
     * @return false when the other side has not taken the ones before for so long that there is no room
     */
    public boolean send(FrameWriter frame, int session) {
        boolean done = outlet.add(frame.end(session, 0));
        wake();
        return done;
    }

    /** Sends the zeros that make the other side safe, before anything else. Never waits. */
    public void abort() {
        outlet.abort();
        wake();
    }

    /** When the last sound frame came, by {@link System#nanoTime}. */
    public long heardNanos() {
        return heardNanos;
    }

    /** Whether the other side has acknowledged nothing for so long that the link must be taken for lost. */
    public boolean stuck() {
        Exchange now = exchange;
        return now != null && now.outbox().stuck();
    }

    private void wake() {
        LockSupport.unpark(writer);
    }

    /** What one of the two threads does until the line is closed. */
    private interface Work {
        void run() throws IOException;
    }

    private void guarded(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            end(e);
        } catch (RuntimeException e) {
            // A thread that ended unseen would leave both sides waiting.
            end(new IOException("the program has an error: " + e, e));
        }
    }

    private void read() throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES];
        Sink sink = new Sink();
        while (!closed) {
            int count = transport.read(bytes, 0, bytes.length, READ_MILLIS);
            if (count < 0) {
                throw new EOFException(transport.name() + " has closed the connection");
            }
            if (count > 0) {
                decoder.take(bytes, 0, count, sink);
                Exchange now = exchange;
                if (now != null && now.inbox().due()) {
                    wake();
                }
            }
        }
    }

    private void write() throws IOException {
        byte[] bytes = new byte[BUFFER_BYTES + FrameWriter.lineBytes(LARGEST)];
        FrameWriter ack = new FrameWriter(64);
        // Ends whatever was on the line before.
        transport.write(new byte[1], 0, 1, WRITE_MILLIS);
        while (!closed) {
            int count = collect(bytes, ack);
            if (count > 0) {
                transport.write(bytes, 0, count, WRITE_MILLIS);
            } else {
                Exchange now = exchange;
                LockSupport.parkNanos(
                        now == null ? TimeUnit.SECONDS.toNanos(1) : now.outbox().restNanos());
            }
        }
    }

    private int collect(byte[] out, FrameWriter ack) {
        int count = outlet.take(out, 0);
        Exchange now = exchange;
        if (now == null) {
            return count;
        }
        if (now.inbox().due() && count + 64 < out.length) {
            now.inbox().write(ack);
            count = ack.end(now.session(), 0).stuffInto(out, count);
        }
        return count + now.outbox().take(out, count, Math.min(out.length, count + mostAtOnce));
    }

    /** One of the two threads has failed: the other ends too, and the listener is told once. */
    private void end(IOException cause) {
        synchronized (this) {
            if (ended || closed) {
                return;
            }
            ended = true;
        }
        close();
        listener.lost(cause);
    }

    @Override
    public void close() {
        closed = true;
        transport.close();
        wake();
    }

    /** Once it was started: whether both threads have ended, and the listener is not called any more. */
    public boolean isOver() {
        return !reader.isAlive() && !writer.isAlive();
    }

    /** After {@link #close}: waits a moment until the listener is not called any more. Not for the listener itself. */
    void awaitEnd() {
        try {
            reader.join(END_MILLIS);
            writer.join(END_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the decoder finds. */
    private final class Sink implements FrameDecoder.Sink {
        @Override
        public void frame(Frame frame) throws IOException {
            heardNanos = System.nanoTime();
            try {
                sort(frame);
            } catch (FrameFormatException e) {
                listener.broken(e);
            }
        }

        private void sort(Frame frame) throws IOException {
            FrameType type = frame.type();
            if (type == null && !frame.numbered()) {
                return;
            }
            if (type == FrameType.HELLO
                    || type == FrameType.CONTROL
                    || type == FrameType.WELCOME
                    || type == FrameType.REJECT) {
                listener.frame(frame);
                return;
            }
            Exchange now = exchange;
            boolean needsSession = frame.numbered() || type == FrameType.ACK;
            if (now == null && !needsSession) {
                listener.frame(frame);
            } else if (now == null || frame.session() != now.session()) {
                listener.stranger(frame);
            } else if (type == FrameType.ACK) {
                now.outbox().acknowledged(frame.u32(), frame.u8() == 1, credit(frame));
                wake();
            } else if (!frame.numbered() || now.inbox().takes(frame.number())) {
                listener.frame(frame);
            }
        }

        private long credit(Frame frame) throws FrameFormatException {
            frame.skip(3);
            return frame.u64();
        }

        @Override
        public void damaged() {
            Exchange now = exchange;
            if (now != null) {
                now.inbox().lost();
            }
        }

        @Override
        public void abort() {
            listener.abort();
        }
    }
}
