package org.isocenter.hardware.emulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.isocenter.hardware.Interlock;

/**
 * A fault that an emulated device is to have: {@code KIND[:VALUE][@MOMENT]}, such as {@code delay:50ms}, {@code cut@byte=2000},
 * {@code interlock:door@readout=5}. A fault with a moment other than byte strikes once in the device's life.
 *
 * @param amount milliseconds of {@code delay} and {@code coalesce}, bytes of {@code split}; else 0
 * @param interlock what trips; null of other kinds
 * @param moment when it strikes
 * @param count of the moment, from 0; 0 for {@link Moment#ALWAYS}
 */
public record FaultSpec(Kind kind, int amount, Interlock.Kind interlock, Moment moment, long count) {
    private static final int DEFAULT_COALESCE_MILLIS = 20;
    private static final int LONGEST_MILLIS = 60_000;

    /** What goes wrong. The first six are the link's, the others the device's. */
    public enum Kind {
        /** All that the device sends comes later by this: {@code delay:50ms}. */
        DELAY,
        /** What the device sends comes in pieces of so many bytes: {@code split}, {@code split:7}. */
        SPLIT,
        /** What the device sends within this time comes in one piece: {@code coalesce}, {@code coalesce:20ms}. */
        COALESCE,
        /** A bit of a byte is wrong. */
        CORRUPT,
        /** The link ends. */
        CUT,
        /** Nothing comes any more, but the link is open. */
        SILENCE,
        /** The device's receive buffer is full: readouts are lost. */
        FIFO_FULL,
        /** The device's event buffer ran empty or over. */
        OVERRUN,
        /** Samples of a readout are at the end of the converter's range. */
        CLIP,
        /** The device restarts, as after a power failure. */
        RESET,
        /** An interlock trips: {@code interlock:door}. */
        INTERLOCK;

        boolean isOfTheLink() {
            return ordinal() <= SILENCE.ordinal();
        }

        boolean lasts() {
            return ordinal() <= COALESCE.ordinal();
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What a device counts. */
    public enum Moment {
        /** From the beginning. */
        ALWAYS,
        /** At this byte of what the device sends on a connection. */
        BYTE,
        /** Before this readout of all that the device has delivered. */
        READOUT,
        /** When this run starts; {@code start} is the first. */
        RUN
    }

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException saying what is wrong and what there is
     */
    public static FaultSpec parse(String text) {
        int at = text.indexOf('@');
        String what = at < 0 ? text : text.substring(0, at);
        int colon = what.indexOf(':');
        Kind kind = kind(text, colon < 0 ? what : what.substring(0, colon));
        String value = colon < 0 ? "" : what.substring(colon + 1);
        String when = at < 0 ? "" : text.substring(at + 1);
        Moment moment = moment(text, kind, when, at >= 0);
        return new FaultSpec(
                kind,
                amount(text, kind, value),
                kind == Kind.INTERLOCK ? interlock(text, value) : null,
                moment,
                moment == Moment.ALWAYS || when.equals("start") ? 0 : count(text, when));
    }

    private static Kind kind(String text, String word) {
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw wrong(text, "no kind '" + word + "'; there are " + words(Arrays.asList(Kind.values())));
    }

    private static String words(List<Kind> kinds) {
        return kinds.stream().map(Kind::word).collect(Collectors.joining(", "));
    }

    private static Moment moment(String text, Kind kind, String when, boolean given) {
        if (!given) {
            if (!kind.lasts()) {
                throw wrong(text, "say when, such as " + text + "@readout=5");
            }
            return Moment.ALWAYS;
        }
        int equals = when.indexOf('=');
        String word = equals < 0 ? when : when.substring(0, equals);
        Moment moment = switch (word) {
            case "byte" -> Moment.BYTE;
            case "readout" -> Moment.READOUT;
            case "run", "start" -> Moment.RUN;
            default -> throw wrong(text, "no moment '" + word + "'; there are byte=N, readout=N, run=N, start");
        };
        if (moment == Moment.BYTE && (!kind.isOfTheLink() || kind.lasts())) {
            throw wrong(text, kind.word() + " does not happen at a byte: give readout=N, run=N or start");
        }
        return moment;
    }

    private static long count(String text, String when) {
        String number = when.substring(when.indexOf('=') + 1);
        if (when.indexOf('=') < 0 || !number.matches("\\d{1,15}")) {
            throw wrong(text, "after '" + when.replaceAll("=.*", "") + "=' a whole number is needed, from 0");
        }
        return Long.parseLong(number);
    }

    private static int amount(String text, Kind kind, String value) {
        return switch (kind) {
            case DELAY -> millis(text, value);
            case COALESCE -> value.isEmpty() ? DEFAULT_COALESCE_MILLIS : millis(text, value);
            case SPLIT -> value.isEmpty() ? 1 : bytes(text, value);
            case INTERLOCK -> 0;
            default -> {
                if (!value.isEmpty()) {
                    throw wrong(text, kind.word() + " takes no value");
                }
                yield 0;
            }
        };
    }

    private static int millis(String text, String value) {
        String number = value.replaceFirst("ms$|s$", "");
        if (number.equals(value) || !number.matches("\\d{1,5}")) {
            throw wrong(text, "'" + value + "' is no time: write it with its unit, such as 50ms or 2s");
        }
        int millis = Integer.parseInt(number) * (value.endsWith("ms") ? 1 : 1000);
        if (millis < 1 || millis > LONGEST_MILLIS) {
            throw wrong(text, "'" + value + "' is out of range: from 1ms to " + LONGEST_MILLIS / 1000 + "s");
        }
        return millis;
    }

    private static int bytes(String text, String value) {
        if (!value.matches("[1-9]\\d{0,5}")) {
            throw wrong(text, "'" + value + "' is no number of bytes: write e.g. split:7");
        }
        return Integer.parseInt(value);
    }

    private static Interlock.Kind interlock(String text, String value) {
        List<String> words = new ArrayList<>();
        for (Interlock.Kind each : Interlock.Kind.values()) {
            String word = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (word.equals(value)) {
                return each;
            }
            words.add(word);
        }
        throw wrong(
                text,
                "no interlock '" + value + "': write e.g. interlock:door@readout=5; there are "
                        + String.join(", ", words));
    }

    private static IllegalArgumentException wrong(String text, String problem) {
        return new IllegalArgumentException("fault '" + text + "': " + problem);
    }
}
