package org.isocenter.session.archive;

import java.time.OffsetDateTime;
import java.util.Optional;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Study;

/**
 * A performed procedure step in the archive.
 *
 * @param study with this step, and with what it was ordered by
 * @param ended when the visit was over
 * @param reason code value of PS3.16 CID 9301 of why it was broken off, or of what went wrong; or empty
 * @param told the series that the hospital was last told of, by their UIDs; empty when it has not been told anything
 * @param abandoned whether the program that was at it is no more, without having ended it
 */
public record ArchivedStep(
        Study study,
        StepState state,
        Optional<OffsetDateTime> ended,
        String reason,
        Optional<String> told,
        boolean abandoned) {

    public PerformedStep step() {
        return study.performed();
    }

    public String instanceUid() {
        return study.performed().instanceUid();
    }
}
