package org.isocenter.dicom.validate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which attributes objects must have (PS3.3), by class; read from a table. */
final class Rules {
    /** When an attribute must be there. */
    enum Condition {
        ALWAYS,
        /** Of what was measured, not worked out. */
        ORIGINAL,
        RECTILINEAR,
        VOLUMETRIC,
        SPIN,
        DIFFUSION,
        INVERTED,
        PARALLEL,
        PARTIAL,
        /** Of single images: with an inversion. */
        INVERSION,
        /** Of single images: unless all is measured after one excitation. */
        REPEATED,
        COLOUR
    }

    /**
     * One attribute.
     *
     * @param ofFrames whether it may be in the functional groups of a frame or of all frames
     * @param path sequences and, last, the attribute
     */
    record Rule(boolean ofFrames, int[] path, Need need, Condition condition) {}

    /** The types of attributes (PS3.5 7.4). */
    enum Need {
        /** Type 1. */
        VALUE,
        /** Type 2. */
        PRESENCE,
        /** Types 1C and 3 of which an empty one means nothing. */
        VALUE_IF_PRESENT;

        boolean mayBeAbsent() {
            return this == VALUE_IF_PRESENT;
        }

        boolean mayBeEmpty() {
            return this == PRESENCE;
        }
    }

    private static final String ALL = "*";

    private Rules() {}

    /** @param objectClass MR, EMR or SC */
    static List<Rule> of(String objectClass) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Rules.class.getResourceAsStream("rules.txt"), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .map(line -> line.split(" "))
                    .filter(word -> word[0].equals(objectClass) || word[0].equals(ALL))
                    .map(Rules::rule)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule rule(String[] word) {
        boolean ofFrames = word[1].startsWith("FRAME/");
        String path = ofFrames ? word[1].substring("FRAME/".length()) : word[1];
        int[] tags = Arrays.stream(path.split("/"))
                .mapToInt(tag -> Integer.parseUnsignedInt(tag, 16))
                .toArray();
        Need need = Need.values()[Integer.parseInt(word[2]) - 1];
        return new Rule(ofFrames, tags, need, Condition.valueOf(word[3].toUpperCase(Locale.ROOT)));
    }
}
