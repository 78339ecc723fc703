package org.isocenter.sequence.check;

import java.util.List;

/**
 * All checks of a sequence on a system.
 *
 * @param results in the order in which people should read them
 * @param notChecked what could not be computed, because the system's limits say nothing of it: "nerve stimulation"
 */
public record CheckReport(List<CheckResult> results, List<String> notChecked) {
    public CheckReport {
        results = List.copyOf(results);
        notChecked = List.copyOf(notChecked);
    }

    public boolean passes() {
        return results.stream().allMatch(CheckResult::pass);
    }

    public List<CheckResult> failures() {
        return results.stream().filter(r -> !r.pass()).toList();
    }

    /** Those that were computed but held against nothing. */
    public List<CheckResult> notLimited() {
        return results.stream().filter(r -> !r.limited()).toList();
    }
}
