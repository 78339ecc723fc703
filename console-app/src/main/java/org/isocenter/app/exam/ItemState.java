package org.isocenter.app.exam;

import java.util.Locale;

/** Where one entry of the exam stands; each has a sign of its own, not only a colour. */
public enum ItemState {
    /** Ready to run. */
    QUEUED(""),
    /** Something is wrong with its parameters. */
    NEEDS_ATTENTION("!"),
    RUNNING("▶"),
    DONE("✓"),
    /** Stopped before its end; its data are kept. */
    STOPPED("■"),
    FAILED("✕");

    private final String sign;

    ItemState(String sign) {
        this.sign = sign;
    }

    /** Empty for a queued one, which shows its number instead. */
    public String sign() {
        return sign;
    }

    /** Whether its parameters can still be changed. */
    public boolean isOpen() {
        return this == QUEUED || this == NEEDS_ATTENTION;
    }

    /** For style classes and message keys. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
