package org.isocenter.hardware.instrument;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.Interlocks;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.SelfTestResult;
import org.isocenter.hardware.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SAR monitor of Relax 2.0. It tells of alarms by itself, so a thread of its own reads. Whatever cannot be understood while it
 * monitors may have been an alarm and is taken for one, and so is its silence when it is asked who it is. Powers are those at the monitor's input, behind the coupler.
 */
final class RelaxSarMonitor implements SarMonitor {
    private static final Logger LOG = LoggerFactory.getLogger(RelaxSarMonitor.class);
    private static final int ATTEMPTS = 3;
    private static final int ANSWER_MILLIS = 1000;
    /** While it monitors. Three times this is less than what a scan bears of silence. */
    private static final int GUARDING_MILLIS = 400;

    private static final int OBJECTION_MILLIS = 100;
    private static final int READ_MILLIS = 50;
    private static final int WRITE_MILLIS = 1000;
    private static final String WHO = "ident";
    private static final String NAME = "sar";
    private static final String DAMAGED = "damaged";
    private static final String LOST = "lost";
    private static final Set<String> STOPPED = Set.of("stop", "SARstop", "err:stop");
    private static final Set<String> LIMITS = Set.of("tranlimit", "reflimit", "refllimit", "10slimit", "6minlimit");
    private static final Set<String> ANSWERS = Set.of("start", "npos ok", "raw ok");

    private final Transport link;
    private final String device;
    private final double patience;
    private final Interlocks interlocks;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final SarFrames frames = new SarFrames();
    private final String firmware;
    private volatile Consumer<Event> listener = event -> {};
    private volatile boolean monitoring;
    private volatile boolean closed;
    private volatile String lossReason;

    RelaxSarMonitor(Transport link, String device, double patience) throws ScannerException {
        this.link = link;
        this.device = device;
        this.patience = patience;
        interlocks = new Interlocks(device);
        Thread reader = new Thread(this::readAll, "SAR monitor " + device);
        reader.setDaemon(true);
        reader.start();
        firmware = askName(ANSWER_MILLIS);
    }

    private void readAll() {
        byte[] buffer = new byte[1024];
        StringBuilder message = new StringBuilder();
        try {
            while (!closed) {
                int count = link.read(buffer, 0, buffer.length, READ_MILLIS);
                if (count < 0) {
                    lose("the other side has ended the connection");
                    return;
                }
                frames.add(buffer, count);
                SarFrames.Found found = frames.next(message, count == 0);
                while (found != SarFrames.Found.NOTHING) {
                    take(found == SarFrames.Found.MESSAGE ? message.toString() : DAMAGED);
                    found = frames.next(message, count == 0);
                }
            }
        } catch (IOException e) {
            lose(e.getMessage());
        }
    }

    private void lose(String reason) {
        if (!closed) {
            lossReason = reason;
            trip(Event.Kind.LOST, "out of reach (" + reason + "); whether it still guards the patient is not known");
            answers.add(LOST);
        }
    }

    private void take(String message) {
        LOG.debug("{}: {}", device, message);
        if (LIMITS.contains(message)) {
            trip(Event.Kind.LIMIT, "a limit was passed ('" + message + "')");
        } else if (monitoring && !ANSWERS.contains(message) && !message.startsWith(NAME)) {
            trip(
                    Event.Kind.FAULT,
                    message.equals(DAMAGED)
                            ? "a message came damaged, which may have been an alarm"
                            : "it stopped monitoring by itself ('" + message + "')");
        } else if (message.equals("start")) {
            monitoring = true;
            announce(new Event(Event.Kind.STARTED, message));
        } else if (STOPPED.contains(message)) {
            announce(new Event(Event.Kind.STOPPED, message));
        }
        answers.add(message);
    }

    private void trip(Event.Kind kind, String text) {
        monitoring = false;
        interlocks.latch(Interlock.Kind.SAR, text);
        announce(new Event(kind, text));
    }

    /** A listener that fails must not end the watch over alarms. */
    private void announce(Event event) {
        try {
            listener.accept(event);
        } catch (RuntimeException e) {
            LOG.error("{}: nobody could be told of '{}'", device, event.text(), e);
        }
    }

    @Override
    public void listen(Consumer<Event> newListener) {
        listener = newListener;
    }

    @Override
    public void startPatient(Limits limits) throws ScannerException {
        start(limits, List.of("new pat"));
    }

    @Override
    public void start(Limits limits) throws ScannerException {
        start(limits, List.of());
    }

    private synchronized void start(Limits limits, List<String> before) throws ScannerException {
        interlocks.refuseWhileLatched();
        List<String> settings = new ArrayList<>(before);
        settings.addAll(List.of(
                "l10s" + squaredCounts(limits.tenSecondWatts()),
                "l6m" + squaredCounts(limits.sixMinuteWatts()),
                "tran" + squaredCounts(limits.peakWatts())));
        stop();
        for (String each : settings) {
            tell(each);
        }
        ask("start", "start"::equals);
        interlocks.refuseWhileLatched();
    }

    /** Squared steps of its 12-bit converter over 3.3 V, behind a detector that gives 1.9698 V/V and 1.7 mV. */
    private long squaredCounts(double watts) throws ScannerException {
        double volts = Math.sqrt(watts * 50) * 1.9698 + 0.0017;
        if (volts >= 3.3) {
            throw new ScannerException(
                    ScannerException.Kind.REFUSED,
                    device,
                    "cannot guard a limit of " + watts
                            + " W at its input: it measures up to 0.056 W, and would never trip");
        }
        double step = 3.3 / 4095;
        return (long) Math.floor(volts * volts / (step * step));
    }

    @Override
    public synchronized void stop() throws ScannerException {
        monitoring = false;
        ask("s", STOPPED::contains);
    }

    @Override
    public boolean isMonitoring() {
        return monitoring;
    }

    /** A setting is not confirmed; only an objection is answered. */
    private void tell(String text) throws ScannerException {
        for (int i = 1; ; i++) {
            answers.clear();
            send(text);
            String objection = poll(System.nanoTime(), OBJECTION_MILLIS);
            if (objection == null) {
                return;
            }
            if (i == ATTEMPTS) {
                throw new ScannerException(
                        ScannerException.Kind.DEVICE_FAULT, device, "answered '" + objection + "' to '" + text + "'");
            }
        }
    }

    /** What a message must be like to be the answer. */
    private interface Wanted {
        boolean is(String answer);
    }

    private String ask(String text, Wanted wanted) throws ScannerException {
        return ask(text, wanted, ANSWER_MILLIS);
    }

    private String askName(int timeoutMillis) throws ScannerException {
        return ask(WHO, answer -> answer.startsWith(NAME), timeoutMillis);
    }

    private synchronized String ask(String text, Wanted wanted, int timeoutMillis) throws ScannerException {
        String last = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            answers.clear();
            send(text);
            long begin = System.nanoTime();
            for (String answer = poll(begin, timeoutMillis); answer != null; answer = poll(begin, timeoutMillis)) {
                if (wanted.is(answer)) {
                    return answer;
                }
                last = answer;
            }
        }
        ScannerException.Kind kind = last == null ? ScannerException.Kind.TIMEOUT : ScannerException.Kind.PROTOCOL;
        String what = last == null ? "gave no answer" : "answered '" + last + "'";
        throw new ScannerException(kind, device, what + " to '" + text + "', " + ATTEMPTS + " times");
    }

    private void send(String text) throws ScannerException {
        refuseWhenLost();
        byte[] frame = SarFrames.request(text);
        try {
            link.write(frame, 0, frame.length, WRITE_MILLIS);
        } catch (IOException e) {
            throw new ScannerException(ScannerException.Kind.LINK_LOST, device, e.getMessage(), e);
        }
    }

    /** The next message, or null when the time since then is over. */
    private String poll(long beginNanos, int timeoutMillis) throws ScannerException {
        long left = Math.round(timeoutMillis * patience * 1e6) - (System.nanoTime() - beginNanos);
        String answer;
        try {
            answer = answers.poll(left, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ScannerException(
                    ScannerException.Kind.TIMEOUT, device, "was interrupted before it had answered", e);
        }
        refuseWhenLost();
        return answer;
    }

    private void refuseWhenLost() throws ScannerException {
        if (closed || lossReason != null) {
            throw new ScannerException(
                    ScannerException.Kind.LINK_LOST, device, closed ? "has been closed" : "is lost: " + lossReason);
        }
    }

    @Override
    public String description() {
        return "SAR monitor at " + device;
    }

    @Override
    public String firmware() {
        return firmware;
    }

    @Override
    public synchronized List<SelfTestResult> selfTest() throws ScannerException {
        return List.of(
                monitoring
                        ? SelfTestResult.of("guards", true, stillThere())
                        : SelfTestResult.of("answers", true, askName(ANSWER_MILLIS)));
    }

    /** One that does not answer while it guards guards nobody, as far as anybody knows. */
    private String stillThere() throws ScannerException {
        try {
            return askName(GUARDING_MILLIS);
        } catch (ScannerException e) {
            if (Thread.currentThread().isInterrupted() || closed) {
                throw e;
            }
            trip(Event.Kind.LOST, "does not answer any more; whether it still guards the patient is not known");
            throw interlocks.tripped(interlocks.latched().get(0));
        }
    }

    @Override
    public List<Interlock> interlocks() {
        return interlocks.latched();
    }

    /** It stays stopped until a patient is started. */
    @Override
    public void acknowledge(Interlock interlock) throws ScannerException {
        int reports = interlocks.reports(interlock);
        try {
            askName(ANSWER_MILLIS);
        } catch (ScannerException e) {
            ScannerException persists = interlocks.persists(interlock);
            persists.addSuppressed(e);
            throw persists;
        }
        interlocks.release(interlock, reports);
    }

    /** Without a monitor that guards there must be no RF: it is told to stop, which opens its interlock. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        // Before the last request: its answer is nobody's who still waits for another.
        closed = true;
        byte[] stop = SarFrames.request("s");
        monitoring = false;
        boolean interrupted = Thread.interrupted();
        try {
            link.write(stop, 0, stop.length, WRITE_MILLIS);
        } catch (IOException e) {
            LOG.error("whether the SAR monitor {} still guards the patient is not known now", device, e);
        } finally {
            answers.add(LOST);
            link.close();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
