package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where each section of a Pulseq file lies: the first of the reader's two passes, so that sections may come in any order.
 * The lines themselves stay in the file's bytes; see {@link Fields}.
 */
final class PulseqText {
    static final String SIGNATURE = "SIGNATURE";
    static final String DEFINITIONS = "DEFINITIONS";

    private static final String EXTENSION = "extension";
    private static final String CREATED_BY = "# Created by ";
    /** More of a comment is not looked at. */
    private static final int LONGEST_COMMENT = 200;

    final String file;
    final byte[] bytes;

    /** Sections by name; extension sub-sections by "extension NAME". */
    final Map<String, Section> sections = new LinkedHashMap<>();

    /** What the file says that it was created by, "" when it does not. */
    String writer = "";

    /** Offset of the line [SIGNATURE], or -1. */
    int signatureAt = -1;

    /** One section. */
    static final class Section {
        final String name;
        final int line;
        /** The type number of an extension sub-section, as written. */
        final String type;
        /** Offset of the line after the heading. */
        final int from;
        /** Offset of the next heading, or of the file's end. */
        int to;

        boolean empty = true;

        Section(String name, int line, String type, int from) {
            this.name = name;
            this.line = line;
            this.type = type;
            this.from = from;
        }
    }

    PulseqText(String file, byte[] bytes) throws PulseqFormatException {
        this.file = file;
        this.bytes = bytes;
        findSections();
    }

    Section section(String name) {
        return sections.get(name);
    }

    private void findSections() throws PulseqFormatException {
        int at = startsWith(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}) ? 3 : 0;
        int number = 0;
        Section current = null;
        while (at < bytes.length) {
            int end = at;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                if (bytes[end] == 0) {
                    throw new PulseqFormatException(
                            file, number + 1, current == null ? "" : current.name, "not text: it holds a zero byte");
                }
                end++;
            }
            number++;
            int next = afterLineEnd(end);
            Section heading = heading(current, at, end, number, next);
            if (heading != null) {
                if (current != null) {
                    current.to = at;
                }
                current = heading;
            } else if (current == null) {
                comment(at, end, number);
            } else if (current.empty) {
                int from = skipBlanks(at, end);
                current.empty = from == end || bytes[from] == '#';
            }
            at = next;
        }
        if (current != null) {
            current.to = bytes.length;
        }
    }

    /** Offset of the line after the one that ends here. */
    int afterLineEnd(int end) {
        boolean carriageReturnLineFeed = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
        return Math.min(bytes.length, end + (carriageReturnLineFeed ? 2 : 1));
    }

    int skipBlanks(int from, int end) {
        int at = from;
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    /** The section that this line opens; null when it opens none. */
    private Section heading(Section current, int start, int end, int number, int next) throws PulseqFormatException {
        if (start == end) {
            return null;
        }
        if (bytes[start] == '[') {
            int close = start + 1;
            while (close < end && bytes[close] != ']') {
                close++;
            }
            return close < end ? open(text(start + 1, close), start, number, "", next) : null;
        }
        int from = skipBlanks(start, end);
        boolean inDefinitions = current != null && current.name.equals(DEFINITIONS);
        if (inDefinitions || !startsExtension(from, end)) {
            return null;
        }
        String[] words = text(from, end).trim().split("[ \t]+", 4);
        if (words.length < 3) {
            throw new PulseqFormatException(file, number, "EXTENSIONS", "'extension' needs a name and a type number");
        }
        return open(EXTENSION + " " + words[1], start, number, words[2], next);
    }

    /** A line before the first section: nothing else may stand there. */
    private void comment(int start, int end, int number) throws PulseqFormatException {
        int from = skipBlanks(start, end);
        if (from < end && bytes[from] != '#') {
            throw new PulseqFormatException(
                    file,
                    number,
                    "",
                    "not a Pulseq file: text before the first section; expected # comments and then [VERSION]");
        }
        String line = text(from, Math.min(end, from + LONGEST_COMMENT));
        if (writer.isEmpty() && line.startsWith(CREATED_BY)) {
            writer = printable(line.substring(CREATED_BY.length()).strip());
        }
    }

    private Section open(String name, int offset, int line, String type, int next) throws PulseqFormatException {
        if (name.equals(SIGNATURE) && signatureAt < 0) {
            signatureAt = offset;
        }
        Section section = new Section(name, line, type, next);
        Section before = sections.putIfAbsent(name, section);
        if (before != null) {
            throw new PulseqFormatException(
                    file, line, printable(name), "the section is here twice; the first is in line " + before.line);
        }
        return section;
    }

    private boolean startsExtension(int from, int end) {
        int length = EXTENSION.length();
        if (end - from <= length || !isBlank(bytes[from + length])) {
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
        String shorter = text.length() > 41 ? text.substring(0, 41) : text;
        String clean = shorter.replaceAll("[^\\x20-\\x7e\\xa0-\\x{d7ff}]", "?");
        return clean.length() > 40 ? clean.substring(0, 40) + "…" : clean;
    }
}
