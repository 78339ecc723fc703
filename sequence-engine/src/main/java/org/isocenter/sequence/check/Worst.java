package org.isocenter.sequence.check;

import java.util.Locale;
import java.util.function.Supplier;

/** One check under way: keeps the worst value seen, and what to say about it if it fails. */
final class Worst {
    private final String name;
    private final double limit;
    private final String unit;
    private final double sign;
    private final double tolerance;
    private double value;
    private boolean seen;
    private String detail = "";

    private Worst(String name, double limit, String unit, double sign, double tolerance) {
        this.name = name;
        this.limit = limit;
        this.unit = unit;
        this.sign = sign;
        this.tolerance = tolerance;
    }

    /** Values may reach {@code limit}, and go beyond it by the share {@code tolerance} for what rounding does. */
    static Worst atMost(String name, double limit, String unit, double tolerance) {
        return new Worst(name, limit, unit, 1, tolerance * Math.abs(limit));
    }

    /** Values must reach {@code limit}. */
    static Worst atLeast(String name, double limit, String unit) {
        return new Worst(name, limit, unit, -1, 0);
    }

    /** @param what where it is and what would pass; asked for only when this is the worst failure so far */
    void see(double newValue, Supplier<String> what) {
        boolean worse = !seen || !(sign * newValue <= sign * value);
        if (!worse) {
            return;
        }
        seen = true;
        value = newValue;
        if (!holds()) {
            detail = what.get();
        }
    }

    boolean seen() {
        return seen;
    }

    private boolean holds() {
        return sign * (value - limit) <= tolerance;
    }

    /** A check that saw nothing has the value 0. */
    CheckResult result() {
        boolean pass = !seen || holds();
        return new CheckResult(name, value, limit, unit, pass, pass ? "" : detail);
    }

    /** "12.5 ms" for a time in ps. */
    static String ms(long ps) {
        return number(ps * 1e-9) + " ms";
    }

    static String us(double ps) {
        return number(ps * 1e-6) + " us";
    }

    /** Seven significant digits, no trailing zeros. */
    static String number(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = String.format(Locale.ROOT, "%.7g", value);
        return text.contains("e") || !text.contains(".")
                ? text
                : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
}
