package org.isocenter.recon.mrd;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;

/** Takes values out of an XML header. A missing one gives the fallback; a wrong one gives it too, and a note names it. */
final class LenientFields {
    private final MrdNotes notes;

    LenientFields(MrdNotes notes) {
        this.notes = notes;
    }

    /** The element at the end of this path, or null. */
    static XmlNode find(XmlNode from, String... path) {
        XmlNode node = from;
        for (String name : path) {
            node = node == null ? null : node.child(name);
        }
        return node;
    }

    /** Its text, or an empty one. */
    static String text(XmlNode from, String... path) {
        XmlNode node = find(from, path);
        return node == null ? "" : node.text();
    }

    double number(double fallback, XmlNode from, String... path) {
        String text = text(from, path).strip();
        return text.isEmpty() ? fallback : parse(text, fallback, path);
    }

    /** A number of thousandths (mm, ms) as SI, exact in decimal. */
    double milli(double fallbackSi, XmlNode from, String... path) {
        String text = text(from, path).strip();
        return text.isEmpty() ? fallbackSi : milli(text, fallbackSi, path);
    }

    double milli(String text, double fallbackSi, String... path) {
        double value = parse(text.strip(), Double.NaN, path);
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value).movePointLeft(3).doubleValue()
                : fallbackSi;
    }

    /** A whole number of {@code least} … 65535. */
    int count(int fallback, int least, XmlNode from, String... path) {
        double value = number(fallback, from, path);
        if (value != Math.rint(value) || value < least || value > 0xffff) {
            notes.add(name(path) + " is " + text(from, path).strip() + ", not a whole number from " + least
                    + " to 65535: read as " + fallback);
            return fallback;
        }
        return (int) value;
    }

    LocalDate date(XmlNode from, String... path) {
        String text = text(from, path).strip();
        if (text.isEmpty()) {
            return null;
        }
        try {
            // A date may carry a zone, which says nothing more here.
            return LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
        } catch (DateTimeException e) {
            notes.add(name(path) + " is not a date (2025-12-31): left out");
            return null;
        }
    }

    LocalTime time(XmlNode from, String... path) {
        String text = text(from, path).strip();
        if (text.isEmpty()) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.parse(text.replaceFirst("(Z|[+-]\\d\\d:\\d\\d)$", ""));
        } catch (DateTimeException e) {
            notes.add(name(path) + " is not a time (23:59:59): taken to be midnight");
            return LocalTime.MIDNIGHT;
        }
    }

    /** Notes elements that are unknown here, or not in the schema's order. */
    void checkOrder(XmlNode parent, List<String> order) {
        int last = -1;
        for (XmlNode child : parent.children) {
            int at = order.indexOf(child.name);
            if (at < 0) {
                notes.add(name(parent.name, child.name) + " is no element of the schema: passed over");
            } else if (at < last) {
                notes.add(name(parent.name, child.name) + " stands after " + order.get(last)
                        + ", the schema wants it before: read all the same");
            }
            last = Math.max(last, at);
        }
    }

    static String name(String... path) {
        return "MRD header: " + String.join("/", path);
    }

    private double parse(String text, double fallback, String... path) {
        double value;
        try {
            value = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            value = Double.NaN;
        }
        if (!Double.isFinite(value)) {
            notes.add(name(path) + " is '" + shortened(text) + "', not a number: "
                    + (Double.isFinite(fallback) ? "read as " + fallback : "left out"));
            return fallback;
        }
        return value;
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
