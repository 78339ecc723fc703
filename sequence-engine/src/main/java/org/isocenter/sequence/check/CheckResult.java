package org.isocenter.sequence.check;

/**
 * The outcome of one safety check.
 *
 * @param name of the check: "gradient amplitude x"
 * @param value the worst value found
 * @param limit that it is held against; infinite where the system gives none
 * @param unit of both
 * @param pass whether it holds
 * @param detail for a failure: block, event, time and the nearest setting that passes; else empty
 */
public record CheckResult(String name, double value, double limit, String unit, boolean pass, String detail) {
    /** Whether there is a limit at all. What is not limited passes, but must be shown as such. */
    public boolean limited() {
        return !Double.isInfinite(limit);
    }
}
