package org.isocenter.hardware.stream.device;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.emulate.FaultSpec.Moment;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.DeviceState;
import org.isocenter.hardware.stream.Exchange;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.hardware.stream.FrameFormatException;
import org.isocenter.hardware.stream.FrameType;
import org.isocenter.hardware.stream.FrameWriter;
import org.isocenter.hardware.stream.Hello;
import org.isocenter.hardware.stream.Line;
import org.isocenter.hardware.stream.Over;
import org.isocenter.hardware.stream.Reason;
import org.isocenter.hardware.stream.Refused;
import org.isocenter.hardware.stream.Reject;
import org.isocenter.hardware.virtual.OutputState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's side of {@code docs/event-stream.md}, whatever the link: sessions and their connections. Any thread; nothing here
 * waits for a link, so that an abort always gets through.
 */
final class StreamDevice implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamDevice.class);
    /** What the device has for readouts: some seconds of a fast receiver. */
    private static final int READOUT_BYTES = 8 << 20;

    private static final int SMALL_FRAME = 512;
    private static final long WATCH_MILLIS = 10;
    private static final long ACK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long NO_SESSION_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Playback playback;
    private final DeviceSettings settings;
    private final Faults faults;
    private final Introduction introduction;
    private final Spectrometer spectrometer;
    private final SecureRandom random = new SecureRandom();
    private final Connections connections = new Connections();
    private final FrameWriter frames = new FrameWriter(SMALL_FRAME);
    private Session session;
    private String host = "";
    private long ackNanos;
    private long strangerNanos = System.nanoTime() - NO_SESSION_NANOS;
    private long readouts;
    private boolean closed;
    private volatile Consumer<String> listener = line -> {};

    StreamDevice(Playback playback, DeviceSettings settings, Faults faults) {
        this.playback = playback;
        this.settings = settings;
        this.faults = faults;
        introduction = new Introduction(playback, settings);
        spectrometer = new Spectrometer(this, playback, settings, faults);
        Thread watch = new Thread(this::watch, "event-stream watch");
        watch.setDaemon(true);
        watch.start();
    }

    /** {@link org.isocenter.hardware.emulate.Emulator#tellTo} */
    void tellTo(Consumer<String> people) {
        listener = people;
    }

    /** To people. */
    void say(String line) {
        listener.accept(line);
    }

    DeviceState state() {
        return spectrometer.state();
    }

    /** What people read. */
    String description() {
        return "Emulated event-stream device: " + playback.description();
    }

    /** What its outputs are set to now. */
    OutputState outputs() {
        return spectrometer.outputs();
    }

    /** Whether the simulation behind it plays still, or winds up. */
    synchronized boolean playing() {
        return spectrometer.playing();
    }

    /** An interlock's input changes. */
    synchronized void trip(Interlock.Kind interlock, boolean on) {
        spectrometer.trip(interlock, on);
    }

    // ---- connections

    /** False when there is no place for it, or the device is closed. */
    synchronized boolean opened(HostLink link) {
        return !closed && connections.add(link, session);
    }

    synchronized void closed(HostLink link) {
        connections.remove(link);
        if (!Connections.isOf(session, link)) {
            return;
        }
        spectrometer.stop(Reason.LINK, "");
        if (link == session.main) {
            session.main = null;
        }
        if (link == session.control) {
            session.control = null;
        }
    }

    synchronized void frame(HostLink from, Frame frame) throws IOException {
        if (!connections.has(from)) {
            return; // read just before its link was lost
        }
        FrameType type = frame.type();
        if (type == FrameType.HELLO) {
            hello(from, frame.session(), Hello.read(frame));
        } else if (type == FrameType.CONTROL) {
            control(from, frame);
        } else if (session == null || frame.session() != session.id()) {
            stranger(from, frame.session());
        } else if (from == session.main || from == session.control) {
            if (frame.numbered()) {
                spectrometer.take(frame, session);
            } else if (type == FrameType.HEARTBEAT) {
                session.beat = frame.u32();
                session.heartbeatNanos = System.nanoTime();
                tellStatus();
            }
        }
    }

    /** A frame that cannot be. */
    synchronized void broken(HostLink from, FrameFormatException problem) {
        LOG.debug("{} sent what cannot be", from.line().name(), problem);
    }

    private void hello(HostLink from, int id, Hello hello) {
        if (hello.lowest() > Hello.VERSION || hello.highest() < Hello.VERSION) {
            reject(from, id, Reject.Code.VERSION, "this device speaks version " + Hello.VERSION);
            return;
        }
        if (session != null
                && session.main == from
                && session.id() == id
                && !hello.resume()
                && session.exchange.next() == 0) {
            welcome(from, false); // the host was impatient
            return;
        }
        boolean own = session != null && session.id() == id && hello.resume();
        if (session != null && session.main != null && session.main != from && !own) {
            reject(from, id, Reject.Code.BUSY, host);
            from.closeSoon();
            return;
        }
        boolean resumed = own && session.exchange.resume(hello.next(), hello.window());
        if (resumed) {
            takeOver(from);
        } else {
            begin(from, id, hello);
        }
        from.line().carry(session.exchange);
        welcome(from, resumed);
    }

    private void takeOver(HostLink from) {
        HostLink before = session.main;
        session.main = from;
        session.heartbeatNanos = System.nanoTime();
        if (before != null && before != from) {
            spectrometer.stop(Reason.LINK, "");
            before.line().carry(null);
            before.closeSoon();
        }
    }

    private void begin(HostLink from, int id, Hello hello) {
        spectrometer.begin();
        endSession();
        host = hello.host();
        int largest = Math.min(hello.largest(), Line.LARGEST);
        Exchange exchange =
                new Exchange(id, READOUT_BYTES, largest, hello.window(), hello.window(), settings.queueBytes());
        session = new Session(exchange, random.nextLong(), largest);
        session.main = from;
        LOG.info("a session with {} begins", host);
        say("a session with " + host + " begins");
    }

    private void endSession() {
        if (session != null) {
            session.exchange.close();
            if (session.control != null) {
                session.control.closeSoon();
            }
            session = null;
        }
    }

    private void welcome(HostLink to, boolean resumed) {
        introduction.welcome(session, spectrometer, to.serial(), resumed).write(frames);
        to.send(frames, session.id());
    }

    private void control(HostLink from, Frame frame) throws FrameFormatException {
        if (session == null || frame.session() != session.id()) {
            stranger(from, frame.session());
        } else if (frame.u64() != session.token) {
            reject(from, session.id(), Reject.Code.TOKEN, "this is not the token of the session");
            from.closeSoon();
        } else {
            session.control = from;
            session.heartbeatNanos = System.nanoTime();
            tellStatus();
        }
    }

    /** A frame of a session that is not this one came. */
    synchronized void stranger(HostLink from, int id) {
        long now = System.nanoTime();
        if (now - strangerNanos >= NO_SESSION_NANOS) {
            strangerNanos = now;
            reject(from, id, Reject.Code.NO_SESSION, "this device does not know the session: was it reset?");
        }
    }

    private void reject(HostLink to, int id, Reject.Code code, String why) {
        new Reject(code, why).write(frames);
        to.send(frames, id);
    }

    // ---- what the spectrometer tells the host

    void refuse(Frame frame, Reason why, String words) {
        Refused.of(frame, why, words).write(frames);
        offer();
    }

    void tellOver(Over over) {
        if (session != null) {
            over.write(frames);
            offer();
        }
    }

    boolean serves(Session of) {
        return of == session;
    }

    private void offer() {
        if (!session.exchange.offer(frames)) {
            LOG.warn("the host takes nothing: it will not learn how its table ended");
        }
    }

    void tellStatus() {
        if (session != null && session.beside() != null) {
            spectrometer.status(session.beat).write(frames);
            session.beside().send(frames, session.id());
        }
    }

    void tellGranted(Consumer<Session> grant) {
        if (session != null) {
            grant.accept(session);
        }
    }

    void await(long millis) throws IOException {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("a wait was interrupted", e);
        }
    }

    // ---- what comes from the player

    synchronized void hasPlayed(Session of, int payloadBytes) {
        if (serves(of)) {
            spectrometer.hasPlayed(of, payloadBytes);
        }
    }

    void ranEmpty() {
        if (settings.realPace()) {
            stop(Reason.UNDERRUN, "the next events were not there when they were to be played");
        }
    }

    /** Faults of the device strike; those that are left are of the samples. */
    synchronized List<FaultSpec> faultsOfReadout() {
        List<FaultSpec> now = faults.at(Moment.READOUT, readouts++);
        now.forEach(spectrometer::strike);
        return now;
    }

    synchronized void ended(Player player, Reason how, String words) {
        spectrometer.ended(player, serves(player.session()), how, words);
        notifyAll();
    }

    // ---- stopping

    /** Safe, now. */
    void abort() {
        spectrometer.hold();
        synchronized (this) {
            if (!spectrometer.stop(Reason.ABORT, "")) {
                tellStatus();
            }
        }
    }

    synchronized void stop(Reason why, String words) {
        spectrometer.stop(why, words);
    }

    /** As after a power failure: TCP connections are gone, and nothing is known. */
    void reset() {
        spectrometer.reset();
        endSession();
        for (HostLink link : connections.all()) {
            link.line().carry(null);
            if (!link.serial()) {
                link.close();
            }
        }
    }

    private void watch() {
        try {
            while (tick()) {
                TimeUnit.MILLISECONDS.sleep(WATCH_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean tick() {
        long now = System.nanoTime();
        if (session != null && spectrometer.active()) {
            if (now - session.lifeSignNanos() > TimeUnit.MILLISECONDS.toNanos(settings.deadManMillis())) {
                stop(Reason.DEAD_MAN, "no heartbeat for " + settings.deadManMillis() + " ms");
            } else if (now - ackNanos >= ACK_NANOS) {
                ackNanos = now;
                session.exchange.grant(0);
            }
        }
        connections.sweep(session);
        return !closed;
    }

    @Override
    public void close() {
        List<HostLink> open;
        synchronized (this) {
            stop(Reason.FAULT, "the emulator was closed");
            closed = true;
            open = connections.all();
        }
        open.forEach(HostLink::close);
        playback.close();
    }
}
