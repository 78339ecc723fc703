package org.isocenter.hardware.virtual;

import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.isocenter.hardware.Interlock;

/**
 * A protective input of the virtual scanner that trips on request: {@code KIND} is tripped from the start and stays so,
 * {@code KIND@3s} trips when three seconds of scan have been played and its cause is gone at once, {@code KIND@3s+60s} has a cause
 * that lasts a minute of real time. Safe for any thread.
 */
final class VirtualInterlock {
    static final VirtualInterlock NONE = new VirtualInterlock(null, Double.POSITIVE_INFINITY, 0, System::nanoTime);

    private static final Pattern TEXT =
            Pattern.compile("([a-z-]+)(?:@(\\d{1,6}(?:\\.\\d{1,6})?)s(?:\\+(\\d{1,6}(?:\\.\\d{1,6})?)s)?)?");

    private final Interlock.Kind kind;
    private final double atSeconds;
    private final double lastingSeconds;
    private final LongSupplier nanoTime;
    private boolean tripped;
    private long trippedNanos;

    VirtualInterlock(Interlock.Kind kind, double atSeconds, double lastingSeconds, LongSupplier nanoTime) {
        this.kind = kind;
        this.atSeconds = atSeconds;
        this.lastingSeconds = lastingSeconds;
        this.nanoTime = nanoTime;
    }

    /** Throws IllegalArgumentException that says what is understood. */
    static VirtualInterlock parse(String text) {
        Matcher parts = TEXT.matcher(text);
        Interlock.Kind kind = parts.matches() ? kind(parts.group(1)) : null;
        if (kind == null) {
            throw new IllegalArgumentException(
                    "interlock '" + text + "' is not understood: write KIND, KIND@3s or KIND@3s+60s, KIND one of "
                            + Stream.of(Interlock.Kind.values())
                                    .map(VirtualInterlock::name)
                                    .collect(Collectors.joining(", ")));
        }
        boolean always = parts.group(2) == null;
        double at = always ? 0 : Double.parseDouble(parts.group(2));
        double lasting =
                always ? Double.POSITIVE_INFINITY : parts.group(3) == null ? 0 : Double.parseDouble(parts.group(3));
        return new VirtualInterlock(kind, at, lasting, System::nanoTime);
    }

    private static Interlock.Kind kind(String name) {
        for (Interlock.Kind kind : Interlock.Kind.values()) {
            if (name(kind).equals(name)) {
                return kind;
            }
        }
        return null;
    }

    private static String name(Interlock.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Interlock.Kind kind() {
        return kind;
    }

    String reason() {
        return "the simulated " + kind.text() + " input tripped"
                + (atSeconds > 0 ? " after " + (float) atSeconds + " s of scan" : "");
    }

    /** When it trips, in seconds of scan since connecting. */
    double atSeconds() {
        return atSeconds;
    }

    /** Whether it trips now that this much of scans has been played; once only. */
    synchronized boolean trips(double playedSeconds) {
        if (tripped || playedSeconds < atSeconds) {
            return false;
        }
        tripped = true;
        trippedNanos = nanoTime.getAsLong();
        return true;
    }

    /** Whether what tripped it is still there. */
    synchronized boolean causePersists() {
        return tripped && (nanoTime.getAsLong() - trippedNanos) * 1e-9 < lastingSeconds;
    }
}
