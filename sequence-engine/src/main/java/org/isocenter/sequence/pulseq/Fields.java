package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;

/** The blank-separated fields of one line after another of a section. What follows a '#' is a comment. */
final class Fields {
    /** No event may last or wait longer: 28 hours. */
    static final double MAX_EVENT_PS = 1e17;

    private static final int MAX_FIELDS = 1024;

    private final PulseqText text;
    private final PulseqText.Section section;
    private final int[] from = new int[MAX_FIELDS];
    private final int[] to = new int[MAX_FIELDS];
    private int count;
    private int index = -1;

    Fields(PulseqText text, PulseqText.Section section) {
        this.text = text;
        this.section = section;
    }

    /** Steps to the next line; false after the last. */
    boolean next() throws PulseqFormatException {
        count = 0;
        while (count == 0) {
            if (++index >= section.count) {
                return false;
            }
            split();
        }
        return true;
    }

    /** Steps back, so that {@link #next} gives this line again. */
    void unread() {
        index--;
    }

    private void split() throws PulseqFormatException {
        int at = section.from[index];
        int end = section.to[index];
        while (at < end && text.bytes[at] != '#') {
            if (PulseqText.isBlank(text.bytes[at])) {
                at++;
                continue;
            }
            if (count == MAX_FIELDS) {
                throw error("more than " + MAX_FIELDS + " fields in one line");
            }
            from[count] = at;
            while (at < end && !PulseqText.isBlank(text.bytes[at]) && text.bytes[at] != '#') {
                at++;
            }
            to[count++] = at;
        }
    }

    int count() {
        return count;
    }

    int line() {
        return index < section.count ? section.number[index] : 0;
    }

    String word(int field) {
        return text.text(from[field], to[field]);
    }

    /** From this field to the end of the line, comment sign and all. */
    String rest(int field) {
        return field < count ? text.text(from[field], section.to[index]) : "";
    }

    double number(int field, String what) throws PulseqFormatException {
        int length = to[field] - from[field];
        boolean plain = length <= 64;
        for (int i = from[field]; i < to[field] && plain; i++) {
            byte b = text.bytes[i];
            plain = b >= '0' && b <= '9' || b == '.' || b == '-' || b == '+' || b == 'e' || b == 'E';
        }
        if (plain) {
            try {
                double value =
                        Double.parseDouble(new String(text.bytes, from[field], length, StandardCharsets.ISO_8859_1));
                if (Double.isFinite(value)) {
                    return value + 0.0; // -0 is 0
                }
            } catch (NumberFormatException e) {
                // told below, like every other way of not being a number
            }
        }
        throw error(what + " is '" + PulseqText.printable(word(field)) + "', expected a number");
    }

    long integer(int field, String what, long min, long max) throws PulseqFormatException {
        double value = number(field, what);
        if (value != Math.rint(value) || value < min || value > max) {
            throw error(what + " is " + PulseqText.printable(word(field)) + ", expected a whole number from " + min
                    + " to " + max);
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
            throw error(what + " is " + PulseqText.printable(word(field)) + ", expected a time from 0 to 28 hours");
        }
        return Math.round(ps);
    }

    PulseqFormatException error(String problem) {
        return error(line(), problem);
    }

    PulseqFormatException error(int line, String problem) {
        return new PulseqFormatException(text.file, line, PulseqText.printable(section.name), problem);
    }
}
