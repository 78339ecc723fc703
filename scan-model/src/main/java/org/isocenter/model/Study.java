package org.isocenter.model;

import java.time.OffsetDateTime;

/**
 * The exam that a scan belongs to. Empty strings mean "not known".
 *
 * @param instanceUid StudyInstanceUID
 * @param frameOfReferenceUid one per positioning of the patient
 * @param start when the exam began
 * @param phantom quality control: a phantom, not a patient
 * @param order what the hospital had planned, or null when it was not scheduled
 * @param performed how the visit is reported to the hospital, or null when it is not
 */
public record Study(
        String instanceUid,
        String id,
        String accessionNumber,
        String description,
        String referringPhysician,
        String frameOfReferenceUid,
        OffsetDateTime start,
        Patient patient,
        PatientPosition position,
        String bodyPart,
        boolean phantom,
        ScheduledStep order,
        PerformedStep performed) {

    /** Neither scheduled nor reported. */
    public Study(
            String instanceUid,
            String id,
            String accessionNumber,
            String description,
            String referringPhysician,
            String frameOfReferenceUid,
            OffsetDateTime start,
            Patient patient,
            PatientPosition position,
            String bodyPart,
            boolean phantom) {
        this(
                instanceUid,
                id,
                accessionNumber,
                description,
                referringPhysician,
                frameOfReferenceUid,
                start,
                patient,
                position,
                bodyPart,
                phantom,
                null,
                null);
    }

    /**
     * The same visit, as it was ordered: study UID, study id (the requested procedure's), accession number, description
     * and referring physician are the order's.
     */
    public Study withOrder(ScheduledStep newOrder) {
        RequestedProcedure procedure = newOrder.procedure();
        return new Study(
                procedure.studyInstanceUid(),
                procedure.id(),
                procedure.accessionNumber(),
                procedure.description(),
                procedure.referringPhysician(),
                frameOfReferenceUid,
                start,
                patient,
                position,
                bodyPart,
                phantom,
                newOrder,
                performed);
    }

    /** The same, reported as this step. */
    public Study withPerformed(PerformedStep newPerformed) {
        return new Study(
                instanceUid,
                id,
                accessionNumber,
                description,
                referringPhysician,
                frameOfReferenceUid,
                start,
                patient,
                position,
                bodyPart,
                phantom,
                order,
                newPerformed);
    }

    @Override
    public String toString() {
        return "Study[" + instanceUid + "]";
    }
}
