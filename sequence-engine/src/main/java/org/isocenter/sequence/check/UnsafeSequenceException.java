package org.isocenter.sequence.check;

/** A sequence failed its safety check. */
public final class UnsafeSequenceException extends Exception {
    private static final long serialVersionUID = 1;
    private final transient CheckReport report;

    UnsafeSequenceException(CheckReport report) {
        super(report.failures().get(0).name() + ": " + report.failures().get(0).detail());
        this.report = report;
    }

    public CheckReport report() {
        return report;
    }
}
