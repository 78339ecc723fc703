package org.isocenter.session.run;

/** Where a scan stands. */
public enum ScanState {
    IDLE,
    PREPARING,
    SCANNING,
    RECONSTRUCTING,
    DONE,
    FAILED,
    ABORTED;

    /** Whether a scan is under way. */
    public boolean isBusy() {
        return this == PREPARING || this == SCANNING || this == RECONSTRUCTING;
    }
}
