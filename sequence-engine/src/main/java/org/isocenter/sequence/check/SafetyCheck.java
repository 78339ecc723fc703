package org.isocenter.sequence.check;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/** The gate before the scanner. */
public final class SafetyCheck {
    private SafetyCheck() {}

    /** Runs every check; never throws for an unsafe sequence. */
    public static CheckReport report(Sequence sequence, SystemLimits limits) {
        throw new UnsupportedOperationException("sequence engine helper");
    }

    /** The sequence as one that may be compiled. */
    public static CheckedSequence check(Sequence sequence, SystemLimits limits) throws UnsafeSequenceException {
        CheckReport report = report(sequence, limits);
        if (!report.passes()) {
            throw new UnsafeSequenceException(report);
        }
        return new CheckedSequence(sequence, limits, report);
    }
}
