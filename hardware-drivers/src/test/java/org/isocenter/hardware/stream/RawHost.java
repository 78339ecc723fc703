package org.isocenter.hardware.stream;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/** A host that sends what a test tells it to, in any order, and nothing by itself. */
public final class RawHost implements LineListener, AutoCloseable {
    private static final int LARGEST = 4096;
    private static final int WINDOW = 1 << 16;
    private static final int WAIT_MILLIS = 10_000;

    private final BlockingQueue<Object> received = new LinkedBlockingQueue<>();
    private final FrameWriter frame = new FrameWriter(LARGEST);
    private final Line line;
    private int session;
    private Exchange exchange;

    public RawHost(Transport transport) {
        line = new Line(transport, LARGEST, 1 << 14, "raw host", this);
        line.start();
    }

    /** Begins a session. */
    public Welcome hello(int newSession) throws InterruptedException {
        session = newSession;
        new Hello(Hello.VERSION, Hello.VERSION, false, 0, LARGEST, WINDOW, "raw host").write(frame);
        line.send(frame, session);
        Welcome welcome = await(Welcome.class);
        exchange = new Exchange(session, 1 << 20, welcome.largest(), welcome.window(), welcome.queueBytes(), 1L << 40);
        line.carry(exchange);
        return welcome;
    }

    /** Goes on with another host's session over this link. */
    public Welcome resume(RawHost before) throws InterruptedException {
        session = before.session;
        exchange = before.exchange;
        new Hello(Hello.VERSION, Hello.VERSION, true, exchange.next(), LARGEST, WINDOW, "raw host").write(frame);
        line.send(frame, session);
        Welcome welcome = await(Welcome.class);
        exchange.resume(welcome.next(), welcome.window());
        line.carry(exchange);
        return welcome;
    }

    /** This link carries the heartbeats of another's session. */
    public void control(RawHost main, long token) throws InterruptedException {
        session = main.session;
        frame.begin(FrameType.CONTROL).u64(token);
        line.send(frame, session);
        exchange = main.exchange;
    }

    public void send(FrameType type, Consumer<FrameWriter> payload) throws InterruptedException {
        frame.begin(type);
        payload.accept(frame);
        if (type.numbered()) {
            if (!exchange.put(frame, WAIT_MILLIS)) {
                throw new AssertionError("the device takes no " + type);
            }
        } else {
            line.send(frame, session);
        }
    }

    /** ARM, all EVENTS and END. */
    public void table(EventTable table) throws InterruptedException {
        TableHeader.of(table, table.limits().larmorHertz()).write(frame);
        exchange.put(frame, WAIT_MILLIS);
        events(table, Integer.MAX_VALUE);
    }

    /** As many EVENTS as there are, at most; END when that was all. */
    private void events(EventTable table, int most) throws InterruptedException {
        EventsWriter payloads = new EventsWriter(frame.largestPayload());
        int frames = 0;
        long events = 0;
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            payloads.begin(chunks.next());
            while (!payloads.done()) {
                frame.begin(FrameType.EVENTS);
                events += payloads.write(frame);
                exchange.put(frame, WAIT_MILLIS);
                if (++frames == most) {
                    return;
                }
            }
        }
        new TableEnd(frames, events).write(frame);
        exchange.put(frame, WAIT_MILLIS);
    }

    public void abort() {
        line.abort();
    }

    /** The next of this kind; others before it are passed over. */
    public <T> T await(Class<T> kind) throws InterruptedException {
        return await(kind, any -> true);
    }

    /** The next of this kind that fits; others before it are passed over. */
    public <T> T await(Class<T> kind, java.util.function.Predicate<T> fits) throws InterruptedException {
        List<Object> others = new ArrayList<>();
        while (true) {
            Object next = received.poll(WAIT_MILLIS, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " came, but " + others);
            }
            if (kind.isInstance(next) && fits.test(kind.cast(next))) {
                return kind.cast(next);
            }
            others.add(next);
        }
    }

    /** The line was closed by the device. */
    public record Lost() {}

    @Override
    public void frame(Frame came) throws IOException {
        switch (came.type()) {
            case WELCOME -> received.add(Welcome.read(came));
            case REJECT -> received.add(Reject.read(came));
            case STATUS -> received.add(DeviceStatus.read(came));
            case READOUT -> received.add(ReadoutHeader.read(came));
            case OVER -> received.add(Over.read(came));
            case REFUSED -> received.add(Refused.read(came));
            default -> received.add(came.type());
        }
    }

    @Override
    public void stranger(Frame came) throws IOException {
        if (came.type() == FrameType.STATUS) {
            received.add(DeviceStatus.read(came));
        }
    }

    @Override
    public void broken(FrameFormatException problem) {
        received.add(problem);
    }

    @Override
    public void lost(IOException cause) {
        received.add(new Lost());
    }

    @Override
    public void close() {
        line.close();
    }
}
