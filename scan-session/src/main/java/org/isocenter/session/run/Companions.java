package org.isocenter.session.run;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.Interlock;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.instrument.Instrument;
import org.isocenter.hardware.instrument.Instruments;
import org.isocenter.hardware.instrument.PowerAmplifier;
import org.isocenter.hardware.instrument.SarMonitor;
import org.isocenter.model.SafetyLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instruments beside a scanner during one scan: while it plays their amplifiers are on and their SAR monitors guard, and what
 * one of them reports stops it.
 * Opened, switched and closed by the scan's thread; asked by a thread of its own; {@link #areTroubled} and
 * {@link #trouble} are for any thread.
 */
final class Companions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Companions.class);
    private static final long ASK_MILLIS = 500;
    /** An instrument that gives no answer for this long while the scanner plays stops the scan, however long its driver goes on asking. */
    private static final long SILENCE_NANOS = 1_500_000_000L;

    private final List<URI> addresses;
    private final InterlockNotes notes;
    private final GuardedPatient patient;
    private final Map<URI, Instrument> opened = new LinkedHashMap<>();
    private SafetyLimits.Monitor guarded = SafetyLimits.Monitor.NONE;
    private final ExecutorService asking =
            Executors.newSingleThreadExecutor(work -> EventThread.daemon(work, "instruments"));
    private volatile boolean ended;
    private volatile ScanException unanswered;
    private volatile Question question;
    private volatile long playingSince;
    private volatile boolean playing;
    private volatile Map<URI, Instrument> watched = Map.of();

    /** @param since in nanoseconds, when it was asked */
    private record Question(URI address, long since) {}

    Companions(List<URI> addresses, InterlockNotes notes, GuardedPatient patient) {
        this.addresses = addresses;
        this.notes = notes;
        this.patient = patient;
    }

    /**
     * Opens all of them; throws when one is not there or has an interlock latched.
     *
     * @param limits what SAR monitors are to guard
     */
    void open(SafetyLimits.Monitor limits) throws ScanException {
        guarded = limits;
        for (URI address : addresses) {
            notes.refuseWhileLatched(address);
            try {
                Instrument instrument = Instruments.open(address);
                opened.put(address, instrument);
                instrument.selfTest();
                if (instrument instanceof SarMonitor && limits.equals(SafetyLimits.Monitor.NONE)) {
                    throw new ScanException(
                            ScanException.Kind.INPUT,
                            address + ": the scanner's profile has no limits that this SAR monitor could guard: write"
                                    + " them there under safety, monitor, or scan without it");
                }
            } catch (ScannerException e) {
                throw notes.failed(address, latched(address), e);
            }
            notes.refuse(address, latched(address));
        }
        watched = Map.copyOf(opened);
        if (!opened.isEmpty()) {
            asking.execute(this::ask);
        }
    }

    private List<Interlock> latched(URI address) {
        Instrument instrument = opened.get(address);
        return instrument == null ? List.of() : instrument.interlocks();
    }

    private void ask() {
        while (!ended) {
            for (Map.Entry<URI, Instrument> each : watched.entrySet()) {
                question = new Question(each.getKey(), System.nanoTime());
                try {
                    each.getValue().selfTest();
                } catch (ScannerException e) {
                    if (!ended && unanswered == null) {
                        unanswered = new ScanException(ScanException.Kind.DEVICE, e.getMessage(), e);
                    }
                    return; // nobody keeps those waiting who switch off
                }
                question = null;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(ASK_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Whether the scan must stop. Waits for nothing. */
    boolean areTroubled() {
        noteSilence();
        return unanswered != null
                || watched.values().stream().anyMatch(each -> !each.interlocks().isEmpty());
    }

    /** What a driver does that switches on or off is no silence. */
    private void noteSilence() {
        Question open = question;
        long now = System.nanoTime();
        if (unanswered == null
                && open != null
                && playing
                && now - Math.max(open.since(), playingSince) > SILENCE_NANOS) {
            Instrument silent = watched.get(open.address());
            String unknown = silent == null || silent.amplifiers().isEmpty()
                    ? ""
                    : "whether its amplifiers are off is NOT known: switch them off by hand, and ";
            unanswered = new ScanException(
                    ScanException.Kind.DEVICE,
                    open.address() + ": it does not answer any more: " + unknown
                            + "see whether it has power and its cable is in its place");
        }
    }

    /** Why the scan must stop. To be asked when {@link #areTroubled}. */
    ScanException trouble() {
        for (Map.Entry<URI, Instrument> each : watched.entrySet()) {
            List<Interlock> latched = each.getValue().interlocks();
            if (!latched.isEmpty()) {
                return notes.stopped(each.getKey(), latched, null);
            }
        }
        return unanswered;
    }

    /** Starts the monitors, then switches the amplifiers on, in the instruments' order; off again when one refuses. */
    void switchOn() throws ScanException {
        for (Map.Entry<URI, Instrument> each : opened.entrySet()) {
            if (each.getValue() instanceof SarMonitor monitor) {
                attempt(each.getKey(), () -> patient.start(each.getKey(), monitor, inputLimits()));
            }
        }
        for (Map.Entry<URI, Instrument> each : opened.entrySet()) {
            for (PowerAmplifier amplifier : each.getValue().amplifiers()) {
                attempt(each.getKey(), amplifier::enable);
            }
        }
        playingSince = System.nanoTime();
        playing = true;
    }

    private SarMonitor.Limits inputLimits() {
        return new SarMonitor.Limits(
                guarded.atInput(guarded.tenSecondWatts()),
                guarded.atInput(guarded.sixMinuteWatts()),
                guarded.atInput(guarded.peakWatts()));
    }

    private interface Switch {
        void turn() throws ScannerException;
    }

    private void attempt(URI address, Switch on) throws ScanException {
        try {
            on.turn();
        } catch (ScannerException e) {
            switchOff();
            throw notes.failed(address, latched(address), e);
        }
    }

    /** Switches all off, the last first; what cannot be confirmed is in the log, and closing tries again. */
    void switchOff() {
        playing = false;
        List<PowerAmplifier> all = new ArrayList<>();
        opened.values().forEach(instrument -> all.addAll(instrument.amplifiers()));
        for (int i = all.size() - 1; i >= 0; i--) {
            confirm(all.get(i).name(), all.get(i)::disable);
        }
        for (Instrument each : opened.values()) {
            if (each instanceof SarMonitor monitor && monitor.isMonitoring()) {
                confirm(monitor.description(), monitor::stop);
            }
        }
    }

    private static void confirm(String what, Switch off) {
        try {
            off.turn();
        } catch (ScannerException e) {
            LOG.error("the {} did not confirm that it is off", what, e);
        }
    }

    @Override
    public void close() {
        ended = true;
        asking.shutdownNow();
        watched = Map.of();
        opened.values().forEach(Instrument::close);
    }
}
