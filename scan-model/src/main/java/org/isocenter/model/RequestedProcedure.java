package org.isocenter.model;

import java.util.List;

/**
 * What was ordered: the part of a worklist entry that all its scheduled steps share. Texts, names and UIDs are as they came,
 * to the letter; empty means "not told".
 *
 * @param id RequestedProcedureID (0040,1001): becomes the images' StudyID
 * @param codes RequestedProcedureCodeSequence (0032,1064)
 * @param studyInstanceUid of the images to be made: never another
 * @param referencedStudies ReferencedStudySequence (0008,1110)
 * @param priority RequestedProcedurePriority (0040,1003): STAT, HIGH, ROUTINE, MEDIUM or LOW
 * @param accessionNumber of the imaging service request
 * @param referringPhysician PN
 * @param requestingPhysician PN
 */
public record RequestedProcedure(
        String id,
        String description,
        List<Code> codes,
        String studyInstanceUid,
        List<SopReference> referencedStudies,
        String priority,
        String accessionNumber,
        String referringPhysician,
        String requestingPhysician) {

    public RequestedProcedure {
        id = ScheduledStep.told(id);
        description = ScheduledStep.told(description);
        codes = ScheduledStep.told(codes);
        studyInstanceUid = ScheduledStep.told(studyInstanceUid);
        referencedStudies = ScheduledStep.told(referencedStudies);
        priority = ScheduledStep.told(priority);
        accessionNumber = ScheduledStep.told(accessionNumber);
        referringPhysician = ScheduledStep.told(referringPhysician);
        requestingPhysician = ScheduledStep.told(requestingPhysician);
    }

    /** Only the UID may be logged: the rest may tell who the patient is. */
    @Override
    public String toString() {
        return "RequestedProcedure[" + studyInstanceUid + "]";
    }
}
