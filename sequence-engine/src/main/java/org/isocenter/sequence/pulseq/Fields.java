package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The blank-separated fields of one line after another of a section, read where they stand in the file. Blank lines and
 * comment lines are passed over; what follows a '#' is a comment.
 */
final class Fields implements Place {
    /** No event may last or wait longer: 28 hours. */
    static final double MAX_EVENT_PS = 1e17;

    /** Powers of ten that a double holds exactly. */
    private static final double[] TENS = {
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    /** Larger whole numbers are not all exact as doubles. */
    private static final long EXACT = 1L << 53;

    private final PulseqText text;
    private final byte[] bytes;
    private final PulseqText.Section section;
    private int[] from = new int[16];
    private int[] to = new int[16];
    private int count;
    private int line;
    private int lineEnd;
    private int next;

    Fields(PulseqText text, PulseqText.Section section) {
        this.text = text;
        this.bytes = text.bytes;
        this.section = section;
        this.line = section.line;
        this.next = section.from;
    }

    /** Steps to the next line; false after the last. */
    boolean next() {
        count = 0;
        while (count == 0) {
            if (next >= section.to) {
                return false;
            }
            line++;
            split();
        }
        return true;
    }

    private void split() {
        int at = next;
        int end = section.to;
        boolean comment = false;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            byte b = bytes[at];
            comment |= b == '#';
            if (comment || b == ' ' || b == '\t') {
                at++;
                continue;
            }
            if (count == from.length) {
                from = Arrays.copyOf(from, count * 2);
                to = Arrays.copyOf(to, count * 2);
            }
            from[count] = at;
            while (at < end && isOfField(bytes[at])) {
                at++;
            }
            to[count++] = at;
        }
        lineEnd = at;
        next = text.afterLineEnd(at);
    }

    private static boolean isOfField(byte b) {
        return b != ' ' && b != '\t' && b != '\n' && b != '\r' && b != '#';
    }

    int count() {
        return count;
    }

    /** Number of the line that is read, from 1. */
    int line() {
        return line;
    }

    String word(int field) {
        return text.text(from[field], to[field]);
    }

    /** Whether a field starts so, in lower or upper case. */
    boolean startsWith(int field, String lowerCase) {
        if (to[field] - from[field] < lowerCase.length()) {
            return false;
        }
        for (int i = 0; i < lowerCase.length(); i++) {
            if (Character.toLowerCase((char) bytes[from[field] + i]) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** From this field to the end of the line, comment sign and all; empty when there is no such field. */
    String rest(int field) {
        return field < count ? text.text(from[field], lineEnd).stripTrailing() : "";
    }

    double number(int field, String what) throws PulseqFormatException {
        int at = from[field];
        int end = to[field];
        boolean negative = bytes[at] == '-';
        if (negative || bytes[at] == '+') {
            at++;
        }
        long digits = 0;
        int scale = 0;
        int read = 0;
        boolean point = false;
        while (at < end && digits < EXACT / 10) {
            byte b = bytes[at];
            if (b >= '0' && b <= '9') {
                digits = digits * 10 + b - '0';
                read++;
                scale -= point ? 1 : 0;
            } else if (b == '.' && !point) {
                point = true;
            } else {
                break;
            }
            at++;
        }
        if (at < end && read > 0 && (bytes[at] == 'e' || bytes[at] == 'E')) {
            int exponent = smallExponent(at + 1, end);
            at = exponent == Integer.MIN_VALUE ? at : end;
            scale += exponent == Integer.MIN_VALUE ? 0 : exponent;
        }
        if (at < end || read == 0 || scale < 1 - TENS.length || scale >= TENS.length) {
            return otherNumber(field, what);
        }
        // Both factors are exact, so the one rounding is right (Clinger 1990).
        double value = scale < 0 ? digits / TENS[-scale] : digits * TENS[scale];
        return negative ? 0.0 - value : value;
    }

    /** An exponent of one to three digits; the smallest integer for anything else. */
    private int smallExponent(int start, int end) {
        int at = start;
        boolean negative = at < end && bytes[at] == '-';
        if (at < end && (negative || bytes[at] == '+')) {
            at++;
        }
        if (at == end || end - at > 3) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; at < end; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return Integer.MIN_VALUE;
            }
            value = value * 10 + bytes[at] - '0';
        }
        return negative ? -value : value;
    }

    private double otherNumber(int field, String what) throws PulseqFormatException {
        int length = to[field] - from[field];
        boolean plain = length <= 64;
        for (int i = from[field]; i < to[field] && plain; i++) {
            byte b = bytes[i];
            plain = b >= '0' && b <= '9' || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
        }
        if (plain) {
            try {
                double value = Double.parseDouble(new String(bytes, from[field], length, StandardCharsets.ISO_8859_1));
                if (Double.isFinite(value)) {
                    return value + 0.0; // -0 is 0
                }
            } catch (NumberFormatException e) {
                // told below, like every other way of not being a number
            }
        }
        throw error(what + " is '" + printable(field) + "', expected a number");
    }

    private String printable(int field) {
        return PulseqText.printable(text.text(from[field], Math.min(to[field], from[field] + 200)));
    }

    long integer(int field, String what, long min, long max) throws PulseqFormatException {
        double value = number(field, what);
        if (value != Math.rint(value) || value < min || value > max) {
            throw error(what + " is " + printable(field) + ", expected a whole number from " + min + " to " + max);
        }
        return (long) value;
    }

    int id(int field, String what, int min) throws PulseqFormatException {
        return (int) integer(field, what, min, Integer.MAX_VALUE);
    }

    /** A time that is not negative, in picoseconds. */
    long timePs(int field, String what, double picosecondsPerUnit) throws PulseqFormatException {
        double ps = number(field, what) * picosecondsPerUnit;
        if (!(ps >= 0 && ps <= MAX_EVENT_PS)) {
            throw error(what + " is " + printable(field) + ", expected a time from 0 to 28 hours");
        }
        return Math.round(ps);
    }

    @Override
    public PulseqFormatException error(String problem) {
        return error(line, problem);
    }

    PulseqFormatException error(int atLine, String problem) {
        return at(atLine).error(problem);
    }

    @Override
    public String where() {
        return "line " + line;
    }

    @Override
    public Place kept() {
        return at(line);
    }

    Place at(int atLine) {
        return new Place.Line(text.file, PulseqText.printable(section.name), atLine);
    }
}
