package org.isocenter.dicom.data;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as DICOM's decimal strings, which have at most 16 characters (PS3.5 6.2, DS). */
public final class DecimalString {
    private static final int MAX_DOUBLE_DIGITS = 17;

    private DecimalString() {}

    /** The text of at most 16 characters that lies nearest to the (finite) value; of several, the shortest. */
    public static String of(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal exact = new BigDecimal(Double.toString(value));
        for (int digits = Math.min(exact.precision(), MAX_DOUBLE_DIGITS); ; digits--) {
            BigDecimal rounded = exact.round(new MathContext(digits)).stripTrailingZeros();
            String plain = rounded.scale() > 20 || rounded.scale() < -20 ? "" : rounded.toPlainString();
            if (!plain.isEmpty() && plain.length() <= VR.DS.maxCharacters()) {
                return plain;
            }
            String scientific = scientific(rounded);
            if (scientific.length() <= VR.DS.maxCharacters()) {
                return scientific;
            }
        }
    }

    private static String scientific(BigDecimal value) {
        int exponent = value.precision() - value.scale() - 1;
        return value.scaleByPowerOfTen(-exponent).toPlainString() + "E" + exponent;
    }
}
