package org.isocenter.hardware.stream;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.EventGuard;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Interlocks;
import org.isocenter.hardware.ReadoutSink;
import org.isocenter.hardware.RunOutcome;
import org.isocenter.hardware.Scanner;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.SequencerCheck;
import org.isocenter.hardware.StopLatency;
import org.isocenter.hardware.TableLimits;
import org.isocenter.model.Coils;
import org.isocenter.model.GradientHarmonics;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A device of the event stream ({@code docs/event-stream.md}), over TCP or a serial line. */
final class StreamScanner implements Scanner {
    private static final Logger LOG = LoggerFactory.getLogger(StreamScanner.class);
    /** What version 1 asks of devices: 10 ms to be safe, and the way there. */
    private static final StopLatency STOP = new StopLatency(0.02, "at once");

    private static final long RECOVERY_MILLIS = 3000;
    private static final long BUSY_MILLIS = 2000;
    private static final long RETRY_MILLIS = 100;
    private static final long ANSWER_MILLIS = 2000;
    private static final int BEATS = 9;

    private final StreamAddress address;
    private final String device;
    private final Interlocks interlocks;
    private final Incoming incoming = new Incoming();
    private final Random sessions = new Random();
    private volatile DeviceLink link;
    private volatile StreamRun current;
    private volatile Refused refused;
    private SystemLimits limits;

    StreamScanner(StreamAddress address) throws ScannerException {
        this.address = address;
        device = address.dialer().name();
        interlocks = new Interlocks(device);
        connect();
        LOG.info("{}: {}", address.uri(), description());
    }

    @Override
    public URI uri() {
        return address.uri();
    }

    @Override
    public String description() {
        Welcome welcome = link.welcome();
        String serial = welcome.serialNumber().isEmpty() ? "" : ", serial number " + welcome.serialNumber();
        return welcome.name() + serial + " (" + address.profile().name() + ", at " + device + ")";
    }

    @Override
    public String model() {
        return link.welcome().name() + " (" + address.profile().name() + ")";
    }

    @Override
    public String firmware() {
        return link.welcome().firmware();
    }

    @Override
    public SystemLimits limits() {
        return limits;
    }

    /** A new session, if there is none that works. */
    private DeviceLink connect() throws ScannerException {
        DeviceLink now = link;
        if (now == null || !now.usable()) {
            if (now != null) {
                now.close();
                now.awaitQuiet();
            }
            // The device may still be busy with a host that has left a moment ago, such as ourselves.
            now = open(1 + sessions.nextInt(0xffff), null, Kind.REFUSED, BUSY_MILLIS);
            link = now;
            limits = now.welcome()
                    .limits()
                    .stricter(address.profile().limits(), now.welcome().receivers());
        }
        return now;
    }

    /** A simulated device has the coils that its profile describes; what hardware has, nobody has told. */
    @Override
    public GradientHarmonics gradientHarmonics() {
        return link.welcome().can(Capability.SIMULATED)
                ? address.profile().imperfections().gradients().harmonics()
                : GradientHarmonics.NONE;
    }

    @Override
    public Coils coils() {
        return address.profile().coils();
    }

    @Override
    public RunOutcome run(EventTable table, ReadoutSink sink) throws ScannerException, IOException {
        interlocks.refuseWhileLatched();
        DeviceLink now = connect();
        interlocks.refuseWhileLatched();
        TableLimits.refuseIfBeyond(table, limits, device);
        TableHeader header = TableHeader.of(table, limits.larmorHertz());
        String refusal = now.welcome().limits().refusal(header);
        if (refusal != null) {
            throw new ScannerException(Kind.REFUSED, device, refusal);
        }
        boolean wholly = !now.welcome().can(Capability.DEMODULATES);
        StreamRun run = new StreamRun(device, now, header, new WindowDemodulator(table, wholly), sink, this::again);
        TableSender sender = new TableSender(
                now.exchange(),
                header,
                new SequencerCheck(table, now.welcome().limits().sequencer(), device),
                new EventGuard(table, limits, device),
                now.largest(),
                now.welcome().queueBytes());
        current = run;
        try {
            return run.play(sender);
        } catch (ScannerException e) {
            throw e.kind() == Kind.INTERLOCK ? tripped(e) : e;
        } finally {
            current = null;
        }
    }

    /** The device says over another connection which interlock it was. */
    private ScannerException tripped(ScannerException failure) {
        try {
            link.await(() -> !interlocks.latched().isEmpty(), ANSWER_MILLIS);
        } catch (ScannerException e) {
            failure.addSuppressed(e);
        }
        List<Interlock> latched = interlocks.latched();
        return latched.isEmpty() ? failure : interlocks.tripped(latched.get(0));
    }

    /** A new link to the session of one that is lost. */
    private DeviceLink again(DeviceLink lost) throws ScannerException {
        lost.close();
        lost.awaitQuiet();
        Exchange session = lost.exchange();
        DeviceLink found = open(session.session(), session, Kind.LINK_LOST, RECOVERY_MILLIS);
        link = found;
        if (found.exchange() != session) {
            throw new ScannerException(
                    Kind.DEVICE_FAULT, device, "the device has started anew: did it lose power, or reset itself?");
        }
        return found;
    }

    /** Tries again while it fails with this kind, but no longer than this. */
    private DeviceLink open(int session, Exchange previous, Kind passing, long patienceMillis) throws ScannerException {
        long begin = System.nanoTime();
        while (true) {
            try {
                return DeviceLink.open(address.dialer(), session, previous, incoming);
            } catch (ScannerException e) {
                long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                if (e.kind() != passing || millis > patienceMillis || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void abort() {
        StreamRun run = current;
        if (run != null) {
            run.abort();
        }
    }

    @Override
    public StopLatency stopLatency() {
        return STOP;
    }

    @Override
    public List<Interlock> interlocks() {
        return interlocks.latched();
    }

    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        DeviceLink now = connect();
        int bit = 1 << interlock.kind().ordinal();
        refused = null;
        if (!now.exchange().offer(new FrameWriter(64).begin(FrameType.CLEAR).u32(bit))) {
            throw new ScannerException(Kind.TIMEOUT, device, "the device takes no CLEAR frame");
        }
        int beat = now.heart().beat();
        boolean answered = now.await(
                () -> refused != null
                        || now.exchange().empty()
                                && now.hasHeard(beat)
                                && (now.status().interlocks() & bit) == 0,
                ANSWER_MILLIS);
        if (!answered || refused != null) {
            throw interlocks.persists(interlock);
        }
        interlocks.release(interlock);
    }

    @Override
    public List<SelfTestResult> selfTest() throws ScannerException {
        DeviceLink now = connect();
        List<SelfTestResult> results = new ArrayList<>();
        double[] millis = new double[BEATS];
        for (int i = 0; i < BEATS; i++) {
            long begin = System.nanoTime();
            int beat = now.heart().beat();
            if (!now.await(() -> now.hasHeard(beat), ANSWER_MILLIS)) {
                throw new ScannerException(Kind.TIMEOUT, device, "the device does not answer a heartbeat");
            }
            millis[i] = (System.nanoTime() - begin) * 1e-6;
        }
        Arrays.sort(millis);
        results.add(SelfTestResult.atMost("answer time", millis[BEATS / 2], 20, "ms", "of a heartbeat, median"));
        DeviceStatus status = now.status();
        boolean ready = now.knownSafe() && status.state() != DeviceState.INTERLOCK;
        results.add(SelfTestResult.of(
                "state", ready, status.state() + (status.text().isEmpty() ? "" : ": " + status.text())));
        List<Interlock> latched = interlocks.latched();
        results.add(SelfTestResult.of(
                "interlocks",
                latched.isEmpty(),
                latched.isEmpty() ? "" : latched.get(0).text()));
        for (int i = 0; i < status.temperaturesCelsius().length; i++) {
            float celsius = status.temperaturesCelsius()[i];
            results.add(new SelfTestResult(
                    "temperature " + (i + 1), SelfTestResult.Outcome.PASS, celsius, Double.NaN, "°C", ""));
        }
        return results;
    }

    @Override
    public void close() {
        abort();
        link.close();
    }

    /** What the link's threads bring. */
    private final class Incoming implements DeviceLink.Listener {
        @Override
        public void numbered(Frame frame) throws FrameFormatException {
            StreamRun run = current;
            if (run != null) {
                run.numbered(frame);
            } else if (frame.type() == FrameType.REFUSED) {
                refused = Refused.read(frame);
            } else if (frame.type() == FrameType.READOUT) {
                link.exchange().grant(frame.payloadBytes());
            }
        }

        @Override
        public void status(DeviceStatus status) {
            for (Interlock.Kind kind : Interlock.Kind.values()) {
                if ((status.interlocks() >> kind.ordinal() & 1) == 1) {
                    interlocks.latch(kind, status.text().isEmpty() ? "the device reports it" : status.text());
                }
            }
        }
    }
}
