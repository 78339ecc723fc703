package org.isocenter.sequence.pulseq;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as Pulseq files hold them. */
final class Numbers {
    private static final long EXACT = 1L << 53;

    private Numbers() {}

    /** The shortest decimal that reads back as the same double. */
    static String exact(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        String text = Double.toString(value);
        return text.indexOf('E') < 0 ? text : plain(new BigDecimal(text));
    }

    /** Appends a number that is a whole multiple of 1e-7, as compressed shapes hold them. */
    static void appendQuantised(StringBuilder out, double value) {
        long quanta = Math.round(value * 1e7);
        if (quanta / 1e7 != value || Math.abs(quanta) >= EXACT) {
            out.append(exact(value));
            return;
        }
        long positive = Math.abs(quanta);
        out.append(quanta < 0 ? "-" : "").append(positive / 10_000_000);
        long fraction = positive % 10_000_000;
        if (fraction != 0) {
            out.append('.');
            for (long digit = 1_000_000; fraction != 0; digit /= 10) {
                out.append((char) ('0' + fraction / digit));
                fraction %= digit;
            }
        }
    }

    /** Rounded to so many significant digits. */
    static String digits(double value, int significant) {
        return plain(new BigDecimal(value).round(new MathContext(significant)));
    }

    /** A whole number of picoseconds in a larger unit, exactly. */
    static String scaled(long picoseconds, long picosecondsPerUnit) {
        if (picoseconds % picosecondsPerUnit == 0) {
            return Long.toString(picoseconds / picosecondsPerUnit);
        }
        return plain(BigDecimal.valueOf(picoseconds).divide(BigDecimal.valueOf(picosecondsPerUnit)));
    }

    static String seconds(long picoseconds) {
        return plain(BigDecimal.valueOf(picoseconds, 12));
    }

    private static String plain(BigDecimal value) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal shortest = value.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        return exponent < -5 || exponent > 15 ? scientific(shortest, exponent) : shortest.toPlainString();
    }

    private static String scientific(BigDecimal value, int exponent) {
        return value.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }
}
