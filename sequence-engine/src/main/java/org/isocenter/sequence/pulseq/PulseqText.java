package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The lines of a Pulseq file by section: the first of the reader's two passes, so that sections may come in any order. Lines
 * are kept as offsets into the file's bytes. Blank lines and comment lines are left out.
 */
final class PulseqText {
    static final String SIGNATURE = "SIGNATURE";

    private static final byte[] BINARY_MAGIC = {1, 'p', 'u', 'l', 's', 'e', 'q', 2};
    private static final String EXTENSION = "extension";

    final String file;
    final byte[] bytes;

    /** Sections by name; extension sub-sections by "extension NAME". */
    final Map<String, Section> sections = new LinkedHashMap<>();

    /** Offset of the line [SIGNATURE], or -1. */
    int signatureAt = -1;

    /** Some lines of one section. */
    static final class Section {
        final String name;
        final int line;
        /** The type number of an extension sub-section, as written. */
        final String type;

        int count;
        int[] from = new int[16];
        int[] to = new int[16];
        int[] number = new int[16];

        Section(String name, int line, String type) {
            this.name = name;
            this.line = line;
            this.type = type;
        }

        private void add(int start, int end, int lineNumber) {
            if (count == from.length) {
                from = Arrays.copyOf(from, count * 2);
                to = Arrays.copyOf(to, count * 2);
                number = Arrays.copyOf(number, count * 2);
            }
            from[count] = start;
            to[count] = end;
            number[count++] = lineNumber;
        }
    }

    PulseqText(String file, byte[] bytes) throws PulseqFormatException {
        this.file = file;
        this.bytes = bytes;
        if (startsWith(BINARY_MAGIC)) {
            throw new PulseqFormatException(
                    file, 0, "", "binary Pulseq files (.bseq) cannot be read yet: export it as text (.seq)");
        }
        split();
    }

    Section section(String name) {
        return sections.get(name);
    }

    private void split() throws PulseqFormatException {
        int at = startsWith(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}) ? 3 : 0;
        int line = 0;
        Section current = null;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                if (bytes[end] == 0) {
                    throw new PulseqFormatException(
                            file, line + 1, current == null ? "" : current.name, "not text: it holds a zero byte");
                }
                end++;
            }
            line++;
            current = line(current, at, end, line);
            boolean carriageReturnLineFeed = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
            at = end + (carriageReturnLineFeed ? 2 : 1);
        }
    }

    private Section line(Section current, int start, int end, int number) throws PulseqFormatException {
        int from = start;
        while (from < end && isBlank(bytes[from])) {
            from++;
        }
        int to = end;
        while (to > from && isBlank(bytes[to - 1])) {
            to--;
        }
        if (from == to || bytes[from] == '#') {
            return current;
        }
        if (bytes[start] == '[') {
            int close = start + 1;
            while (close < end && bytes[close] != ']') {
                close++;
            }
            if (close < end) {
                return open(text(start + 1, close), start, number, "");
            }
        }
        boolean definitions = current != null && current.name.equals("DEFINITIONS");
        if (!definitions && startsExtension(from, to)) {
            String[] words = text(from, to).split("[ \t]+", 4);
            if (words.length < 3) {
                throw new PulseqFormatException(
                        file, number, "EXTENSIONS", "'extension' needs a name and a type number");
            }
            return open(EXTENSION + " " + words[1], start, number, words[2]);
        }
        if (current == null) {
            throw new PulseqFormatException(
                    file,
                    number,
                    "",
                    "not a Pulseq file: text before the first section; expected # comments and then [VERSION]");
        }
        current.add(from, to, number);
        return current;
    }

    private Section open(String name, int offset, int line, String type) throws PulseqFormatException {
        if (name.equals(SIGNATURE) && signatureAt < 0) {
            signatureAt = offset;
        }
        Section section = new Section(name, line, type);
        Section before = sections.putIfAbsent(name, section);
        if (before != null) {
            throw new PulseqFormatException(
                    file, line, printable(name), "the section is here twice; the first is in line " + before.line);
        }
        return section;
    }

    private boolean startsExtension(int from, int to) {
        int length = EXTENSION.length();
        if (to - from <= length || !isBlank(bytes[from + length])) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bytes[from + i] != EXTENSION.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private boolean startsWith(byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** A piece of the file as it can go into a message: short, and with nothing that a terminal would act on. */
    static String printable(String text) {
        String clean = text.replaceAll("[^\\x20-\\x7e\\xa0-\\x{d7ff}]", "?");
        return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
    }
}
