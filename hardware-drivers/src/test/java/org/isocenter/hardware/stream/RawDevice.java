package org.isocenter.hardware.stream;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;
import org.isocenter.hardware.ScannerProfile;
import org.isocenter.hardware.transport.MemoryTransport;
import org.isocenter.hardware.transport.Transport;
import org.isocenter.model.SystemLimits;

/**
 * A device at a link like a serial line that does what a test tells it to. By itself it only greets, goes on with its session, and
 * answers heartbeats with the state that it was given.
 */
final class RawDevice implements AutoCloseable {
    private static final int CAPACITY = 1 << 14;
    private static final int LARGEST = 2048;
    private static final long ROOM = 1 << 20;

    /** What the device does with a numbered frame, or with an abort. Throwing cuts the link, before what comes behind it. */
    interface Script {
        void frame(RawDevice device, Frame frame) throws IOException;

        default void abort(RawDevice device) {}
    }

    private final Script script;
    private final Set<Capability> capabilities;
    private final DeviceLimits limits;
    private final FrameWriter frames = new FrameWriter(LARGEST);
    private Exchange exchange;
    private Line line;
    private DeviceState state = DeviceState.IDLE;

    RawDevice(Script script) {
        this(Set.of(Capability.DEMODULATES), told(0, 0, 0, 0), script);
    }

    RawDevice(Set<Capability> capabilities, DeviceLimits limits, Script script) {
        this.capabilities = capabilities;
        this.limits = limits;
        this.script = script;
    }

    /** The limits of the built-in profile, and these, which it does not have. */
    static DeviceLimits told(double longestPulseSeconds, int stepTicks, int dwellTicks, int windowSamples) {
        SystemLimits own = ScannerProfile.builtIn("osi2one").limits();
        return new DeviceLimits(
                own.clockHertz(),
                own.larmorHertz(),
                own.larmorHertz(),
                own.gradientHertzPerMeter(),
                own.slewHertzPerMeterPerSecond(),
                own.rfPeakHertz(),
                own.rfDutyFraction(),
                longestPulseSeconds,
                stepTicks,
                dwellTicks,
                windowSamples);
    }

    /** The host's end of a new link. */
    synchronized Transport plugIn() {
        MemoryTransport.Pair link = MemoryTransport.pair("memory", CAPACITY);
        new Connection(link.far()).begin();
        return link.near();
    }

    /** Sends a numbered frame. */
    synchronized void send(Consumer<FrameWriter> frame) {
        frame.accept(frames);
        if (!exchange.offer(frames)) {
            throw new IllegalStateException("no room for " + frames.type());
        }
    }

    /** One window of one channel, in as many parts as it needs. */
    synchronized void sendReadout(int index, float[] real, float[] imaginary) {
        try {
            ReadoutSender sender = new ReadoutSender(exchange, LARGEST);
            if (!sender.send(index, false, 0, 1, real.length, real, imaginary, 0)) {
                throw new IllegalStateException("no room for window " + index);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What STATUS says from now on; it is sent at once too. */
    synchronized void enter(DeviceState next) {
        state = next;
        tell(0);
    }

    private void tell(int beat) {
        new DeviceStatus(state, Reason.NONE, 0, beat, 1, 0, 0, new float[0], "").write(frames);
        line.send(frames, exchange.session());
    }

    private synchronized void hello(Line from, int session, Hello hello) {
        boolean resumed = hello.resume()
                && exchange != null
                && exchange.session() == session
                && exchange.resume(hello.next(), hello.window());
        if (!resumed) {
            exchange = new Exchange(session, 1 << 20, LARGEST, hello.window(), hello.window(), ROOM);
        }
        line = from;
        line.carry(exchange);
        new Welcome(
                        Hello.VERSION,
                        capabilities,
                        state,
                        Reason.NONE,
                        resumed,
                        1,
                        exchange.next(),
                        LARGEST,
                        LARGEST,
                        5000,
                        ROOM,
                        1,
                        limits,
                        0,
                        "raw",
                        "1",
                        "")
                .write(frames);
        line.send(frames, session);
    }

    private synchronized void heartbeat(Frame frame) throws IOException {
        tell(frame.u32());
    }

    @Override
    public synchronized void close() {
        if (line != null) {
            line.close();
        }
    }

    private final class Connection implements LineListener {
        private final Line own;

        Connection(Transport transport) {
            own = new Line(transport, LARGEST, LARGEST, "raw device", this);
        }

        void begin() {
            own.start();
        }

        @Override
        public void frame(Frame frame) throws IOException {
            if (frame.type() == FrameType.HELLO) {
                hello(own, frame.session(), Hello.read(frame));
            } else if (frame.type() == FrameType.HEARTBEAT) {
                heartbeat(frame);
            } else if (frame.numbered()) {
                script.frame(RawDevice.this, frame);
            }
        }

        @Override
        public void abort() {
            script.abort(RawDevice.this);
        }

        @Override
        public void broken(FrameFormatException problem) {
            throw new AssertionError(problem);
        }

        @Override
        public void lost(IOException cause) {
            // The host comes again over another link, or not at all: a script that cares sees its frames.
        }
    }
}
