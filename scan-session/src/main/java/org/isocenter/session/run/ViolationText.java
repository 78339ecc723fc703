package org.isocenter.session.run;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.Violation;

/** Violations in one line. */
public final class ViolationText {
    private ViolationText() {}

    /** All that is wrong, each with the first way out. */
    public static String of(List<Violation> violations) {
        List<String> sentences = new ArrayList<>();
        for (Violation violation : violations) {
            String remedy = violation.remedies().isEmpty()
                    ? ""
                    : " (" + violation.remedies().get(0).label() + ")";
            sentences.add(violation.message() + remedy);
        }
        return String.join("; ", sentences);
    }
}
