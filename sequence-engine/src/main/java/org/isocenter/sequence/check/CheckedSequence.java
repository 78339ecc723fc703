package org.isocenter.sequence.check;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/** A sequence that has passed every check on a system. Only {@link SafetyCheck} can make one; only this can be compiled. */
public final class CheckedSequence {
    private final Sequence sequence;
    private final SystemLimits limits;
    private final CheckReport report;

    CheckedSequence(Sequence sequence, SystemLimits limits, CheckReport report) {
        this.sequence = sequence;
        this.limits = limits;
        this.report = report;
    }

    public Sequence sequence() {
        return sequence;
    }

    public SystemLimits limits() {
        return limits;
    }

    public CheckReport report() {
        return report;
    }
}
