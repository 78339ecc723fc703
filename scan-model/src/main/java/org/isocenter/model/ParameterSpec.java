package org.isocenter.model;

import java.util.List;

/**
 * One parameter of a sequence: what the panel, protocol files, validation, DICOM and the command line all read. Ranges and
 * defaults are SI. The range here is the widest that can ever be allowed; what the other values leave of it is found by
 * validation.
 *
 * @param name the short name that scripts use: "TE"
 * @param label what people read: "Echo time"
 * @param group which tab of the panel it stands on
 * @param kind what sort of value it takes
 * @param unit of a QUANTITY; {@link Unit#NONE} for others
 * @param minimum smallest allowed (SI)
 * @param maximum largest allowed (SI)
 * @param defaultNumber SI; for a FLAG 0 or 1; for a CHOICE the index of the default
 * @param choices of a CHOICE, else empty
 * @param dicomTag the attribute that carries it, as group·65536+element, or 0
 * @param description one sentence on what it changes
 */
public record ParameterSpec(
        String name,
        String label,
        Group group,
        Kind kind,
        Unit unit,
        double minimum,
        double maximum,
        double defaultNumber,
        List<String> choices,
        int dicomTag,
        String description) {

    /** The tabs of the parameter panel. */
    public enum Group {
        CONTRAST,
        GEOMETRY,
        TIMING,
        SYSTEM
    }

    /** What sort of value a parameter takes. */
    public enum Kind {
        /** A real number with a unit. */
        QUANTITY,
        /** A whole number. */
        COUNT,
        /** Yes or no, as 1 or 0. */
        FLAG,
        /** One of a few words. */
        CHOICE
    }

    public ParameterSpec {
        choices = List.copyOf(choices);
    }

    public static ParameterSpec quantity(
            String name,
            String label,
            Group group,
            Unit unit,
            double minimum,
            double maximum,
            double defaultNumber,
            int dicomTag,
            String description) {
        return new ParameterSpec(
                name,
                label,
                group,
                Kind.QUANTITY,
                unit,
                minimum,
                maximum,
                defaultNumber,
                List.of(),
                dicomTag,
                description);
    }

    public static ParameterSpec count(
            String name,
            String label,
            Group group,
            int minimum,
            int maximum,
            int defaultNumber,
            int dicomTag,
            String description) {
        return new ParameterSpec(
                name,
                label,
                group,
                Kind.COUNT,
                Unit.NONE,
                minimum,
                maximum,
                defaultNumber,
                List.of(),
                dicomTag,
                description);
    }

    public static ParameterSpec flag(String name, String label, Group group, boolean defaultOn, String description) {
        return new ParameterSpec(
                name, label, group, Kind.FLAG, Unit.NONE, 0, 1, defaultOn ? 1 : 0, List.of(), 0, description);
    }

    /** The first choice is the default. */
    public static ParameterSpec choice(
            String name, String label, Group group, List<String> choices, String description) {
        return new ParameterSpec(
                name, label, group, Kind.CHOICE, Unit.NONE, 0, choices.size() - 1, 0, choices, 0, description);
    }

    /** The same parameter with another default (SI). */
    public ParameterSpec withDefault(double si) {
        return new ParameterSpec(name, label, group, kind, unit, minimum, maximum, si, choices, dicomTag, description);
    }

    /**
     * The SI value of what a person typed.
     *
     * @throws IllegalArgumentException with a message that says what is wrong and what to write
     */
    public double parse(String text) {
        String trimmed = text.strip();
        switch (kind) {
            case CHOICE -> {
                int index = choices.indexOf(trimmed.toLowerCase(java.util.Locale.ROOT));
                if (index < 0) {
                    throw new IllegalArgumentException(
                            name + " cannot be '" + text + "': choose " + String.join(", ", choices));
                }
                return index;
            }
            case FLAG -> {
                return switch (trimmed.toLowerCase(java.util.Locale.ROOT)) {
                    case "yes", "on", "true", "1" -> 1;
                    case "no", "off", "false", "0" -> 0;
                    default -> throw new IllegalArgumentException(name + " cannot be '" + text + "': write yes or no");
                };
            }
            default -> {
                double si;
                try {
                    si = unit.parse(trimmed);
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
                }
                if (kind == Kind.COUNT && si != Math.rint(si)) {
                    throw new IllegalArgumentException(name + " must be a whole number, not " + text);
                }
                return si;
            }
        }
    }

    /** What a person reads for this SI value, with its unit. */
    public String display(double si) {
        return switch (kind) {
            case CHOICE -> choices.get((int) si);
            case FLAG -> si == 0 ? "no" : "yes";
            default -> unit.display(si);
        };
    }
}
