package org.isocenter.hardware;

/**
 * One line of a device's self-test.
 *
 * @param name "answer time", "supply voltage"
 * @param outcome what came of it
 * @param value measured; NaN where there is no number
 * @param limit that it was held against; NaN where there is none
 * @param unit of both; empty without a number
 * @param detail what people should know or do; may be empty
 */
public record SelfTestResult(String name, Outcome outcome, double value, double limit, String unit, String detail) {
    /** What came of a test. */
    public enum Outcome {
        PASS,
        FAIL,
        /** This device cannot tell. */
        NOT_AVAILABLE
    }

    public static SelfTestResult of(String name, boolean pass, String detail) {
        return new SelfTestResult(name, pass ? Outcome.PASS : Outcome.FAIL, Double.NaN, Double.NaN, "", detail);
    }

    /** Passes when the value is not above the limit. */
    public static SelfTestResult atMost(String name, double value, double limit, String unit, String detail) {
        return new SelfTestResult(name, value <= limit ? Outcome.PASS : Outcome.FAIL, value, limit, unit, detail);
    }

    public static SelfTestResult notAvailable(String name, String why) {
        return new SelfTestResult(name, Outcome.NOT_AVAILABLE, Double.NaN, Double.NaN, "", why);
    }
}
