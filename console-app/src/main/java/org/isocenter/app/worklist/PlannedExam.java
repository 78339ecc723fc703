package org.isocenter.app.worklist;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.workflow.WorklistEntry;
import org.isocenter.model.Anatomy;
import org.isocenter.model.ScheduledStep;
import org.isocenter.session.hospital.ProtocolCodes;

/**
 * An entry of a worklist as it is offered.
 *
 * @param warnings what whoever scans must know of the patient
 * @param mismatches what does not agree with this console
 * @param scans what its protocol codes stand for; none where they are not known
 * @param anatomy what is to be imaged, as far as the entry or its codes tell it
 */
public record PlannedExam(
        WorklistEntry entry,
        List<String> warnings,
        List<String> mismatches,
        List<ProtocolCodes.PlannedScan> scans,
        Anatomy anatomy) {
    public PlannedExam {
        warnings = List.copyOf(warnings);
        mismatches = List.copyOf(mismatches);
        scans = List.copyOf(scans);
    }

    public ScheduledStep step() {
        return entry.step();
    }

    /** All that is to be told of it, the gravest first. */
    public List<String> remarks() {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(entry.problems());
        all.addAll(mismatches);
        return all;
    }

    @Override
    public String toString() {
        return "PlannedExam[" + entry + "]";
    }
}
