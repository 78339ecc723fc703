package org.isocenter.recon.chain;

import java.util.List;
import java.util.Locale;
import org.isocenter.model.Unit;

/**
 * A parameter that a step declares.
 *
 * @param name as chains write it: "noise-bandwidth"
 * @param unit of a NUMBER; {@link Unit#NONE} for others
 * @param minimum smallest allowed (SI) of a NUMBER or COUNT
 * @param maximum largest allowed (SI)
 * @param defaultValue a Double (SI) for a NUMBER or COUNT, a Boolean for a FLAG, else a String
 * @param words that a WORD can be, else empty
 * @param description what it changes, in a few words
 */
public record StepParameter(
        String name,
        Kind kind,
        Unit unit,
        double minimum,
        double maximum,
        Object defaultValue,
        List<String> words,
        String description) {

    /** What sort of value it takes. */
    public enum Kind {
        /** A real number with a unit. */
        NUMBER,
        /** A whole number. */
        COUNT,
        /** Yes or no. */
        FLAG,
        /** One of a few words. */
        WORD,
        /** Any text: the name of a file. */
        TEXT
    }

    public StepParameter {
        words = List.copyOf(words);
    }

    public static StepParameter number(
            String name, Unit unit, double defaultSi, double minimum, double maximum, String description) {
        return new StepParameter(name, Kind.NUMBER, unit, minimum, maximum, defaultSi, List.of(), description);
    }

    public static StepParameter count(String name, int defaultCount, int minimum, int maximum, String description) {
        return new StepParameter(
                name, Kind.COUNT, Unit.NONE, minimum, maximum, (double) defaultCount, List.of(), description);
    }

    public static StepParameter flag(String name, boolean defaultOn, String description) {
        return new StepParameter(name, Kind.FLAG, Unit.NONE, 0, 1, defaultOn, List.of(), description);
    }

    /** The first word is the default. */
    public static StepParameter word(String name, List<String> words, String description) {
        return new StepParameter(name, Kind.WORD, Unit.NONE, 0, 0, words.get(0), words, description);
    }

    public static StepParameter text(String name, String defaultText, String description) {
        return new StepParameter(name, Kind.TEXT, Unit.NONE, 0, 0, defaultText, List.of(), description);
    }

    /**
     * The value of what a person wrote.
     *
     * @return of the type of {@link #defaultValue}
     * @throws IllegalArgumentException with a message that names what is wrong and what is allowed
     */
    public Object parse(String text) {
        String trimmed = text.strip();
        return switch (kind) {
            case NUMBER, COUNT -> inRange(unit.parse(trimmed), text);
            case FLAG ->
                switch (trimmed.toLowerCase(Locale.ROOT)) {
                    case "yes", "on", "true" -> true;
                    case "no", "off", "false" -> false;
                    default -> throw new IllegalArgumentException("'" + text + "' is not allowed: " + allowed());
                };
            case WORD -> {
                if (!words.contains(trimmed)) {
                    throw new IllegalArgumentException("'" + text + "' is not allowed: " + allowed());
                }
                yield trimmed;
            }
            case TEXT -> text;
        };
    }

    private Double inRange(double si, String text) {
        boolean whole = kind == Kind.NUMBER || si == Math.rint(si);
        if (!whole || si < minimum || si > maximum) {
            throw new IllegalArgumentException("'" + text + "' is not allowed: " + allowed());
        }
        return si;
    }

    /** "0 to 1", "1 ms to 20 ms", "pocs, homodyne". */
    public String allowed() {
        return switch (kind) {
            case NUMBER -> display(minimum) + " to " + display(maximum);
            case COUNT -> "a whole number, " + display(minimum) + " to " + display(maximum);
            case FLAG -> "yes or no";
            case WORD -> String.join(", ", words);
            case TEXT -> "text";
        };
    }

    /** As {@link #parse} takes it, with its unit. */
    public String display(Object value) {
        return switch (kind) {
            case NUMBER, COUNT -> number((Double) value);
            case FLAG -> (Boolean) value ? "yes" : "no";
            case WORD, TEXT -> (String) value;
        };
    }

    /** Short where that says all; every digit where not, so that a recorded chain gives the same image. */
    private String number(double si) {
        // 1e-09 rather than 1.00000e-09
        String brief = unit.display(si).replaceFirst("\\.?0+e", "e");
        if (!Double.isFinite(si) || unit.parse(brief) == si) {
            return brief;
        }
        return unit == Unit.NONE ? Double.toString(si) : si / unit.displayScale() + " " + unit.displaySymbol();
    }
}
