package org.isocenter.sequence.check;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/**
 * The gate before the scanner: one pass over a sequence, held against a system's limits and nothing else. Any thread.
 *
 * <p>What is checked: numbers that make sense; rasters, dead times, overlaps and frequency offsets ({@link TimingRules});
 * gradient amplitude, slew and joins on the device's axes ({@link GradientRules}); RF peak and duty ({@link RfRules}).
 */
public final class SafetyCheck {
    /**
     * How far beyond a limit amplitude, slew and RF peak may go, as a share of the limit: Pulseq files write six digits and
     * sampled shapes in steps of 1e-7, so a file made exactly to the limit reads back a little above it.
     */
    static final double TOLERANCE = 1e-3;

    private SafetyCheck() {}

    /** Runs every check; never throws for an unsafe sequence. When a number makes no sense, that is the only result. */
    public static CheckReport report(Sequence sequence, SystemLimits limits) {
        String fault = new WellFormed(sequence).firstFault();
        List<CheckResult> results = new ArrayList<>();
        results.add(
                new CheckResult("numbers make sense", fault.isEmpty() ? 0 : 1, 0, "faults", fault.isEmpty(), fault));
        if (!fault.isEmpty()) {
            return new CheckReport(results);
        }
        List<BlockRule> rules = List.of(
                new TimingRules(sequence, limits), new GradientRules(sequence, limits), new RfRules(sequence, limits));
        for (int block = 0; block < sequence.blockCount(); block++) {
            for (BlockRule rule : rules) {
                rule.block(block);
            }
        }
        rules.forEach(rule -> results.addAll(rule.results()));
        return new CheckReport(results);
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
