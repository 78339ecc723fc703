package org.isocenter.sequence.pulseq;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as Pulseq files hold them. */
final class Numbers {
    private Numbers() {}

    /** The shortest decimal that reads back as the same double. */
    static String exact(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return plain(new BigDecimal(Double.toString(value)));
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
