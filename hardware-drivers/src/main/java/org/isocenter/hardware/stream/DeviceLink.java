package org.isocenter.hardware.stream;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.transport.Transport;

/**
 * The host's end of a session over one link: hello, the second connection, heartbeats, what the device says of itself, and the
 * abort. Any thread. What comes is handed on by the link's own threads.
 */
final class DeviceLink implements Closeable {
    /** A board that resets when its port is opened needs time; but then it knows of no session to go on with. */
    private static final int HELLO_TRIES = 5;

    private static final int RESUME_TRIES = 2;
    private static final long HELLO_MILLIS = 1000;
    private static final int WINDOW_BYTES = 1 << 20;
    /** Of readouts that wait for whoever keeps them. */
    private static final int ROOM_BYTES = 32 << 20;

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ENOUGH_TO_FILL_BYTES = 1 << 16;

    /** Takes what comes. */
    interface Listener {
        /** READOUT, OVER or REFUSED, each once and in order. Good during the call. */
        void numbered(Frame frame) throws FrameFormatException;

        void status(DeviceStatus status);
    }

    private final Dialer dialer;
    private final Listener listener;
    private final Exchange previous;
    private final int session;
    private final Line line;
    private final Heart heart;
    private volatile Line control;
    private volatile Exchange exchange;
    private volatile DeviceStatus status;
    private volatile ScannerException failure;
    private volatile boolean closed;
    private Welcome welcome;

    private DeviceLink(Dialer dialer, Transport transport, int session, Exchange previous, Listener listener) {
        this.dialer = dialer;
        this.listener = listener;
        this.previous = previous;
        this.session = session;
        line = new Line(transport, dialer.largestBack(), atOnce(dialer), "event stream", new Incoming());
        heart = new Heart(this, line);
    }

    private static int atOnce(Dialer dialer) {
        return Math.min(dialer.mostUnderWay(), ENOUGH_TO_FILL_BYTES);
    }

    /**
     * Connects and waits until the device has answered.
     *
     * @param session for a new one, or of the one to go on with
     * @param previous session that should go on, or null
     */
    static DeviceLink open(Dialer dialer, int session, Exchange previous, Listener listener) throws ScannerException {
        DeviceLink link = new DeviceLink(dialer, dial(dialer), session, previous, listener);
        try {
            link.line.start();
            link.hello();
            if (link.welcome.can(Capability.CONTROL)) {
                link.openControl();
            }
            link.heart.start();
            return link;
        } catch (ScannerException e) {
            link.close();
            throw e;
        }
    }

    private static Transport dial(Dialer dialer) throws ScannerException {
        try {
            return dialer.dial();
        } catch (IOException e) {
            throw new ScannerException(
                    Kind.LINK_LOST,
                    dialer.name(),
                    "the device cannot be reached (" + e.getMessage()
                            + "): see whether it is switched on and connected",
                    e);
        }
    }

    private void hello() throws ScannerException {
        FrameWriter frame = new FrameWriter(Hello.LEAST_LARGEST);
        Hello hello = new Hello(
                Hello.VERSION,
                Hello.VERSION,
                previous != null,
                previous == null ? 0 : previous.next(),
                dialer.largestBack(),
                WINDOW_BYTES,
                "Isocenter");
        int tries = previous == null ? HELLO_TRIES : RESUME_TRIES;
        for (int i = 0; i < tries; i++) {
            hello.write(frame);
            line.send(frame, session);
            if (await(() -> welcome != null, HELLO_MILLIS)) {
                return;
            }
        }
        throw new ScannerException(
                Kind.TIMEOUT,
                dialer.name(),
                "nothing there answers HELLO as a device of the event stream does: see whether this is the right port, and the"
                        + " right speed of a serial line");
    }

    private void openControl() throws ScannerException {
        if (!dialer.twice()) {
            throw new ScannerException(
                    Kind.REFUSED,
                    dialer.name(),
                    "the device wants a second connection for its abort, which this link does not have: reach it by TCP");
        }
        Line second = new Line(dial(dialer), Line.LARGEST, atOnce(dialer), "event stream control", new Incoming());
        control = second;
        heart.beside(second);
        second.start();
        FrameWriter frame = new FrameWriter(64);
        frame.begin(FrameType.CONTROL).u64(welcome.token());
        second.send(frame, session);
        if (!await(() -> status != null, HELLO_TRIES * HELLO_MILLIS)) {
            throw new ScannerException(
                    Kind.TIMEOUT, dialer.name(), "the device does not answer CONTROL on its second connection");
        }
    }

    /** A condition on what the link's threads set. */
    interface Condition {
        boolean met();
    }

    /**
     * Waits for what the device may say.
     *
     * @return false when the time is over
     * @throws ScannerException when the link has failed
     */
    synchronized boolean await(Condition condition, long millis) throws ScannerException {
        long begin = System.nanoTime();
        while (!condition.met()) {
            if (failure != null) {
                throw failure;
            }
            long left = TimeUnit.MILLISECONDS.toNanos(millis) - (System.nanoTime() - begin);
            if (left <= 0) {
                return false;
            }
            try {
                // Not all that may be waited for wakes this thread.
                TimeUnit.NANOSECONDS.timedWait(this, Math.min(left, LOOK_AGAIN_NANOS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ScannerException(Kind.TIMEOUT, dialer.name(), "waiting for the device was interrupted", e);
            }
        }
        return true;
    }

    Welcome welcome() {
        return welcome;
    }

    Exchange exchange() {
        return exchange;
    }

    /** Longest frame that may be put into the exchange. */
    int largest() {
        return largest(welcome);
    }

    private int largest(Welcome of) {
        return Math.min(Math.min(of.largest(), Line.LARGEST), dialer.mostUnderWay());
    }

    private int window(Welcome of) {
        return Math.min(of.window(), dialer.mostUnderWay());
    }

    /** The newest; null when there was none. */
    DeviceStatus status() {
        return status;
    }

    /** Null while the link is sound. */
    ScannerException failure() {
        return failure;
    }

    /** Whether a run can begin over it. */
    boolean usable() {
        return failure == null && !closed;
    }

    /** Whether the device is known to play nothing, and to have outputs that are safe. */
    boolean knownSafe() {
        DeviceStatus now = status;
        return now != null && now.state() != DeviceState.ARMED && now.state() != DeviceState.RUNNING;
    }

    /** Whether the device has answered the heartbeat of this count, and so read all that was sent before it. */
    boolean hasHeard(int beat) {
        DeviceStatus now = status;
        return now != null && now.beat() - beat >= 0;
    }

    /** What sends heartbeats and aborts. */
    Heart heart() {
        return heart;
    }

    int session() {
        return session;
    }

    /** As messages name it. */
    String device() {
        return dialer.name();
    }

    /** The link has failed, once and for all; the first cause is the one that is told. */
    synchronized void fail(ScannerException cause) {
        if (failure == null && !closed) {
            failure = cause;
            notifyAll();
        }
    }

    /** Ends the link; its threads have ended, or soon will. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        heart.close();
        line.close();
        Line second = control;
        if (second != null) {
            second.close();
        }
    }

    /** Waits a moment until nothing of this link is handed on any more. */
    void awaitQuiet() {
        line.awaitEnd();
    }

    /** What comes over either connection. */
    private final class Incoming implements LineListener {
        @Override
        public void frame(Frame frame) throws IOException {
            FrameType type = frame.type();
            if (type == null || frame.session() != session) {
                return;
            }
            switch (type) {
                case WELCOME -> welcome(Welcome.read(frame));
                case REJECT -> fail(Reject.read(frame).failure(dialer.name()));
                case STATUS -> status(DeviceStatus.read(frame));
                case READOUT, OVER, REFUSED -> listener.numbered(frame);
                default -> throw new FrameFormatException("the device sends a " + frame + ", which only a host may");
            }
        }

        @Override
        public void broken(FrameFormatException problem) {
            heart.abort();
            fail(new ScannerException(Kind.PROTOCOL, dialer.name(), problem.getMessage(), problem));
        }

        @Override
        public void lost(IOException cause) {
            fail(new ScannerException(
                    Kind.LINK_LOST, dialer.name(), "the link is lost (" + cause.getMessage() + ")", cause));
        }
    }

    private void welcome(Welcome heard) {
        synchronized (this) {
            if (welcome != null) {
                return;
            }
        }
        Exchange begun;
        if (previous != null && heard.resumed() && previous.resume(heard.next(), window(heard))) {
            begun = previous;
        } else {
            begun = new Exchange(
                    session, 2 * window(heard), largest(heard), window(heard), heard.queueBytes(), WINDOW_BYTES);
            begun.grant(ROOM_BYTES - WINDOW_BYTES);
        }
        line.carry(begun);
        exchange = begun;
        synchronized (this) {
            welcome = heard;
            notifyAll();
        }
    }

    private void status(DeviceStatus heard) {
        status = heard;
        heart.abortAgain();
        synchronized (this) {
            notifyAll();
        }
        listener.status(heard);
    }
}
