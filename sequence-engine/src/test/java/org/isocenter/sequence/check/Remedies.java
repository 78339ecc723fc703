package org.isocenter.sequence.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes what a failing check says would pass at its word. */
final class Remedies {
    private Remedies() {}

    /** From "gradients scaled by 0.87 pass". */
    static double factor(String detail) {
        return number(detail, "scaled by ([0-9.]+) pass");
    }

    static double number(String detail, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(detail);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in: " + detail);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
