package org.isocenter.hardware.stream.device;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.emulate.FaultSpec;
import org.isocenter.hardware.emulate.FaultSpec.Moment;
import org.isocenter.hardware.emulate.Faults;
import org.isocenter.hardware.emulate.Playback;
import org.isocenter.hardware.stream.DeviceState;
import org.isocenter.hardware.stream.DeviceStatus;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.hardware.stream.FrameFormatException;
import org.isocenter.hardware.stream.FrameType;
import org.isocenter.hardware.stream.Over;
import org.isocenter.hardware.stream.Reason;
import org.isocenter.hardware.stream.TableEnd;
import org.isocenter.hardware.stream.TableHeader;
import org.isocenter.hardware.virtual.OutputState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of the device, and what it plays. The outputs are what is played in the state RUNNING, and safe in every other. All
 * calls but {@link #state}, {@link #outputs} and {@link #hold} hold the device's monitor.
 */
final class Spectrometer {
    private static final Logger LOG = LoggerFactory.getLogger(Spectrometer.class);
    /** Shorter than hosts wait for a link that takes nothing: what follows ARM waits behind it. */
    private static final long PLAYER_ENDS_MILLIS = 1500;
    /** So often a host on a serial line, whose heartbeats wait behind the frame at hand, is told that the device lives. */
    private static final long SIGN_OF_LIFE_MILLIS = 100;

    private final StreamDevice device;
    private final Playback playback;
    private final DeviceSettings settings;
    private final Faults faults;
    private final OutputLimits limits;
    private volatile DeviceState state = DeviceState.IDLE;
    /** The outputs are held safe, whatever the state: an abort does not wait for anybody. */
    private volatile boolean held;

    private Reason reason = Reason.NONE;
    private String text = "";
    /** Bits of those that have tripped and are not cleared, and of those that are tripped now. */
    private int interlocks;

    private int tripped;
    private ReceivedTable table;
    /** Payload bytes of the table that the host was granted anew. */
    private long grantedBytes;

    private long playedBytes;
    private boolean startAsked;
    private Player player;
    private long lastTick;
    private long runs;

    Spectrometer(StreamDevice device, Playback playback, DeviceSettings settings, Faults faults) {
        this.device = device;
        this.playback = playback;
        this.settings = settings;
        this.faults = faults;
        limits = new OutputLimits(playback.limits());
    }

    DeviceState state() {
        return state;
    }

    OutputState outputs() {
        return state == DeviceState.RUNNING && !held ? playback.outputs() : OutputState.SAFE;
    }

    /** Makes the outputs safe until the next table. Without the device's monitor. */
    void hold() {
        held = true;
        playback.abort();
    }

    Reason reason() {
        return reason;
    }

    /** Whether the simulation plays still, or winds up. */
    boolean playing() {
        return player != null;
    }

    /** Whether there is something to stop. */
    boolean active() {
        return state == DeviceState.ARMED || state == DeviceState.RUNNING;
    }

    DeviceStatus status(int beat) {
        return new DeviceStatus(
                state,
                reason,
                interlocks,
                beat,
                player == null ? 1 : player.prepared(),
                table == null ? 0 : table.payloadBytes() - playedBytes,
                player == null ? lastTick : player.tick(),
                new float[0],
                text);
    }

    /** A new session begins. */
    void begin() {
        stop(Reason.LINK, "");
        forget();
    }

    /** As after a power failure: it knows of nothing. */
    void reset() {
        stop(Reason.FAULT, "");
        interlocks = 0;
        forget();
    }

    private void forget() {
        table = null;
        state = interlocks == 0 ? DeviceState.IDLE : DeviceState.INTERLOCK;
        reason = interlocks == 0 ? Reason.NONE : Reason.INTERLOCK;
        text = "";
        lastTick = 0;
    }

    /** The next numbered frame. */
    void take(Frame frame, Session session) {
        try {
            sort(frame, session);
        } catch (DeviceStop e) {
            stop(e.reason(), e.getMessage());
        } catch (FrameFormatException e) {
            stop(Reason.TABLE, e.getMessage());
        } catch (IOException e) {
            LOG.error("events could not be kept", e);
            stop(Reason.FAULT, "events could not be kept: " + e.getMessage());
        }
    }

    private void sort(Frame frame, Session session) throws DeviceStop, IOException {
        FrameType type = frame.type();
        if (type == FrameType.ARM) {
            arm(frame, session);
        } else if (type == FrameType.CLEAR) {
            clear(frame);
        } else if (type == FrameType.EVENTS) {
            events(frame, session);
        } else if (type == FrameType.END && active()) {
            table.end(TableEnd.read(frame));
            playIfReady(session);
        } else if (type == FrameType.START && active()) {
            startAsked = true;
            playIfReady(session);
        } else if (type == null) {
            device.refuse(frame, Reason.TABLE, "this device does not know such a frame");
        }
    }

    private void arm(Frame frame, Session session) throws IOException {
        boolean ended = state != DeviceState.IDLE || awaitPlayer();
        if (!device.serves(session) || session.main == null) {
            return; // another host has come meanwhile, or this one has left
        }
        if (!ended) {
            device.refuse(frame, Reason.TABLE, "the table before is still being wound up: try again in a moment");
            return;
        }
        if (state != DeviceState.IDLE) {
            Reason why = state == DeviceState.INTERLOCK ? Reason.INTERLOCK : Reason.TABLE;
            device.refuse(frame, why, "the device is " + state + ", not IDLE: clear it first");
            return;
        }
        if (!session.main.serial() && session.control == null) {
            device.refuse(frame, Reason.TABLE, "a control connection is needed first");
            return;
        }
        if (!Player.fits(session.largest, playback.limits().receiveChannels())) {
            device.refuse(frame, Reason.LIMIT, "no sample fits into frames of " + session.largest + " bytes");
            return;
        }
        TableHeader header;
        try {
            header = TableHeader.read(frame);
            limits.check(header);
        } catch (FrameFormatException e) {
            device.refuse(frame, Reason.TABLE, e.getMessage());
            return;
        } catch (DeviceStop e) {
            device.refuse(frame, e.reason(), e.getMessage());
            return;
        }
        ReceivedTable.Store store = playback.needsTheWhole()
                ? new SpoolStore()
                : new FifoStore(bytes -> device.hasPlayed(session, bytes), device::ranEmpty);
        table = new ReceivedTable(header, limits, store);
        grantedBytes = 0;
        playedBytes = 0;
        lastTick = 0;
        startAsked = false;
        session.heartbeatNanos = System.nanoTime();
        text = "";
        held = false;
        state = DeviceState.ARMED;
        device.tellStatus();
    }

    /** The one before winds up. False when it takes too long. */
    private boolean awaitPlayer() throws IOException {
        long begin = System.nanoTime();
        while (player != null) {
            long left = PLAYER_ENDS_MILLIS - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (left <= 0) {
                return false;
            }
            device.await(Math.min(left, SIGN_OF_LIFE_MILLIS));
            device.tellStatus();
        }
        return true;
    }

    private void events(Frame frame, Session session) throws DeviceStop, IOException {
        session.eventBytes += frame.payloadBytes();
        if (session.eventBytes > session.exchange.grantedBytes()) {
            throw new DeviceStop(Reason.TABLE, "events came that the queue has no room for: heed the credit");
        }
        if (active()) {
            table.take(frame);
        } else {
            session.exchange.grant(frame.payloadBytes());
        }
    }

    private void playIfReady(Session session) {
        if (state != DeviceState.ARMED || !startAsked || playback.needsTheWhole() && !table.complete()) {
            return;
        }
        player = new Player(device, playback, table, session, settings.demodulates());
        state = DeviceState.RUNNING;
        device.tellStatus();
        Player begun = player;
        device.say("a table of " + table.durationTicks() / table.clockHertz() + " s plays");
        faults.at(Moment.RUN, runs++).forEach(this::strike);
        begun.start();
    }

    private void clear(Frame frame) throws FrameFormatException {
        int named = frame.u32();
        if ((tripped & named) != 0) {
            device.refuse(frame, Reason.INTERLOCK, "an interlock is tripped still");
            return;
        }
        interlocks &= ~named;
        if (state == DeviceState.STOPPED || state == DeviceState.INTERLOCK && interlocks == 0) {
            state = DeviceState.IDLE;
            text = "";
        }
        device.tellStatus();
    }

    /** So much of the table has been played: there is room again. */
    void hasPlayed(Session session, int payloadBytes) {
        playedBytes += payloadBytes;
        if (playedBytes - grantedBytes >= settings.queueBytes() / 4) {
            grantPlayed(session);
        }
    }

    private void grantPlayed(Session session) {
        session.exchange.grant(playedBytes - grantedBytes);
        grantedBytes = playedBytes;
    }

    /** All that came of the table is no longer needed. */
    private void grantAll(Session session) {
        if (table != null) {
            playedBytes = table.payloadBytes();
            grantPlayed(session);
        }
    }

    /** A fault that was asked for happens now. */
    void strike(FaultSpec fault) {
        switch (fault.kind()) {
            case FIFO_FULL -> stop(Reason.OVERRUN, "the receive FIFO is full (fault on request)");
            case OVERRUN -> stop(Reason.UNDERRUN, "the event buffer ran empty (fault on request)");
            case RESET -> device.reset();
            case INTERLOCK -> {
                trip(fault.interlock(), true);
                trip(fault.interlock(), false);
            }
            default -> LOG.debug("{} is made elsewhere", fault);
        }
    }

    /** An interlock's input changes. */
    void trip(Interlock.Kind interlock, boolean on) {
        int bit = 1 << interlock.ordinal();
        tripped = on ? tripped | bit : tripped & ~bit;
        if (!on) {
            return;
        }
        interlocks |= bit;
        String words = interlock.text() + " tripped: see to it, then acknowledge it";
        if (!stop(Reason.INTERLOCK, words)) {
            state = DeviceState.INTERLOCK;
            reason = Reason.INTERLOCK;
            text = words;
            device.tellStatus();
        }
    }

    /** Stops what is played or armed; false when there was nothing. Does not wait. */
    boolean stop(Reason why, String words) {
        boolean running = state == DeviceState.RUNNING;
        if (!active()) {
            return false;
        }
        state = why == Reason.INTERLOCK ? DeviceState.INTERLOCK : DeviceState.STOPPED;
        reason = why;
        text = words;
        LOG.info("the device stops: {} {}", why, words);
        sayHowItEnded();
        device.tellStatus();
        if (running) {
            player.stop();
        }
        table.close();
        device.tellGranted(this::grantAll);
        if (!running) {
            device.tellOver(new Over(reason, 0, 0, text));
        }
        return true;
    }

    private void sayHowItEnded() {
        String why = reason.text() + (text.isEmpty() ? "" : " (" + text + ")");
        device.say(outputs().words() + ": " + why);
    }

    /** The player has come to its end, or was stopped. */
    void ended(Player ending, boolean current, Reason how, String words) {
        if (state == DeviceState.RUNNING) {
            state = how == Reason.COMPLETED ? DeviceState.IDLE : DeviceState.STOPPED;
            reason = how;
            text = words;
            sayHowItEnded();
        }
        player = null;
        if (current) {
            lastTick = ending.tick();
            grantAll(ending.session());
            device.tellOver(new Over(reason, ending.windows(), ending.tick(), text));
            device.tellStatus();
        }
    }
}
