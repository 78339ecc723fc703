package org.isocenter.dicom.workflow;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.iod.MrImageWriter;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;

/**
 * An entry of a worklist with what is wrong with it. What the hospital did not tell is missing here too: nothing is guessed.
 *
 * @param problems sentences for the operator; they may name the patient, so they are not for logs
 * @param usable whether images can be made under this entry: the patient and the study are told, and DICOM can hold it all
 */
public record WorklistEntry(ScheduledStep step, List<String> problems, boolean usable) {
    public WorklistEntry {
        problems = List.copyOf(problems);
    }

    /** A step that came from anywhere, looked over. */
    public static WorklistEntry of(ScheduledStep step) {
        return of(step, List.of(), List.of());
    }

    /**
     * @param stopping what is known to be so wrong that the entry cannot be used
     * @param further what else is known to be wrong
     */
    static WorklistEntry of(ScheduledStep step, List<String> stopping, List<String> further) {
        List<String> wrong = new ArrayList<>(stopping);
        RequestedProcedure procedure = step.procedure();
        Patient patient = step.patient();
        require(wrong, Tag.PatientName, patient.name());
        require(wrong, Tag.PatientID, patient.id());
        require(wrong, Tag.StudyInstanceUID, procedure.studyInstanceUid());
        if (wrong.isEmpty()) {
            // The position is chosen later: here any will do.
            Study probe = new Study("", "", "", "", "", "1.2", null, patient, PatientPosition.HFS, "", false);
            wrong.addAll(MrImageWriter.problems(probe.withOrder(step)));
        }
        List<String> problems = new ArrayList<>(wrong);
        problems.addAll(further);
        require(problems, Tag.ScheduledProcedureStepID, step.id());
        require(problems, Tag.RequestedProcedureID, procedure.id());
        require(problems, Tag.ScheduledStationAETitle, step.stationAeTitle());
        require(problems, Tag.ScheduledProcedureStepStartDate, step.startDate());
        require(problems, Tag.ScheduledProcedureStepStartTime, step.startTime());
        require(problems, Tag.Modality, step.modality());
        if (step.description().isEmpty() && step.protocolCodes().isEmpty()) {
            problems.add("neither a description nor a protocol code of the step is given");
        }
        if (procedure.description().isEmpty() && procedure.codes().isEmpty()) {
            problems.add("neither a description nor a code of the requested procedure is given");
        }
        fit(problems, Tag.ScheduledProcedureStepDescription, step.description());
        fit(problems, Tag.RequestedProcedureDescription, procedure.description());
        return new WorklistEntry(step, problems, wrong.isEmpty());
    }

    WorklistEntry with(String problem) {
        List<String> more = new ArrayList<>(problems);
        more.add(problem);
        return new WorklistEntry(step, more, usable);
    }

    private static void require(List<String> problems, int tag, Object value) {
        if (value == null || value.equals("")) {
            problems.add(Dictionary.describe(tag) + " is missing");
        }
    }

    private static void fit(List<String> problems, int tag, String text) {
        int most = Dictionary.vr(tag).maxCharacters();
        if (text.codePointCount(0, text.length()) > most) {
            problems.add(Dictionary.describe(tag) + " is longer than the " + most
                    + " characters that DICOM allows: images will hold its beginning");
        }
    }

    /** Only the UID may be logged: the rest may tell who the patient is. */
    @Override
    public String toString() {
        return "WorklistEntry[" + step + "]";
    }
}
