package org.isocenter.sequence.check;

import java.util.List;

/** All checks of a sequence on a system. */
public record CheckReport(List<CheckResult> results) {
    public CheckReport {
        results = List.copyOf(results);
    }

    public boolean passes() {
        return results.stream().allMatch(CheckResult::pass);
    }

    public List<CheckResult> failures() {
        return results.stream().filter(r -> !r.pass()).toList();
    }
}
