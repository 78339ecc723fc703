package org.isocenter.dicom.workflow;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.model.PatientCare;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;

/** What a worklist server would answer. */
final class Answers {
    private Answers() {}

    /** @param characterSet term, or null for an answer that does not tell */
    static Attributes of(ScheduledStep step, String characterSet) {
        Attributes answer = new Attributes();
        if (characterSet != null) {
            answer.setString(Tag.SpecificCharacterSet, characterSet);
        }
        answer.setString(Tag.PatientName, step.patient().name());
        answer.setString(Tag.PatientID, step.patient().id());
        answer.setDate(Tag.PatientBirthDate, step.patient().birthDate());
        answer.setString(Tag.PatientSex, step.patient().sex());
        answer.setDouble(Tag.PatientWeight, step.patient().weightKilograms());
        RequestedProcedure procedure = step.procedure();
        answer.setString(Tag.RequestedProcedureID, procedure.id());
        answer.setString(Tag.RequestedProcedureDescription, procedure.description());
        Codes.write(answer, Tag.RequestedProcedureCodeSequence, procedure.codes());
        answer.setString(Tag.StudyInstanceUID, procedure.studyInstanceUid());
        SopReferences.write(answer, Tag.ReferencedStudySequence, procedure.referencedStudies());
        answer.setString(Tag.RequestedProcedurePriority, procedure.priority());
        answer.setString(Tag.AccessionNumber, procedure.accessionNumber());
        answer.setString(Tag.ReferringPhysicianName, procedure.referringPhysician());
        answer.setString(Tag.RequestingPhysician, procedure.requestingPhysician());
        PatientCare care = step.care();
        answer.setString(Tag.MedicalAlerts, care.medicalAlerts());
        answer.setString(Tag.Allergies, care.allergies());
        answer.setInt(Tag.PregnancyStatus, care.pregnancyStatus());
        answer.setString(Tag.SpecialNeeds, care.specialNeeds());
        answer.setString(Tag.PatientState, care.state());
        answer.setString(Tag.AdmissionID, care.admissionId());
        answer.setString(Tag.CurrentPatientLocation, care.location());
        answer.setString(Tag.PatientTransportArrangements, care.transport());
        answer.setString(Tag.ConfidentialityConstraintOnPatientDataDescription, care.confidentiality());
        answer.setSequence(Tag.ScheduledProcedureStepSequence, List.of(step(answer, step)));
        return answer;
    }

    /** The item of the scheduled step. */
    static Attributes step(Attributes answer, ScheduledStep step) {
        Attributes item = answer.newItem();
        item.setString(Tag.ScheduledProcedureStepID, step.id());
        item.setString(Tag.ScheduledProcedureStepDescription, step.description());
        Codes.write(item, Tag.ScheduledProtocolCodeSequence, step.protocolCodes());
        item.setString(Tag.Modality, step.modality());
        item.setString(Tag.ScheduledStationAETitle, step.stationAeTitle());
        item.setString(Tag.ScheduledStationName, step.stationName());
        item.setString(Tag.ScheduledProcedureStepLocation, step.location());
        item.setDate(Tag.ScheduledProcedureStepStartDate, step.startDate());
        item.setTime(Tag.ScheduledProcedureStepStartTime, step.startTime());
        item.setString(Tag.ScheduledPerformingPhysicianName, step.performingPhysician());
        item.setString(Tag.PreMedication, step.preMedication());
        item.setString(Tag.RequestedContrastAgent, step.contrastAgent());
        return item;
    }
}
