package org.isocenter.sequence.library;

import org.isocenter.model.PatientPosition;
import org.isocenter.sequence.SequencePlan;

/** A sequence worked out in all its times, not yet written down. */
interface Kernel {
    double durationSeconds();

    SequencePlan write(PatientPosition position);
}
