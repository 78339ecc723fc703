package org.isocenter.model;

import java.time.OffsetDateTime;

/**
 * The exam that a scan belongs to. Empty strings mean "not known".
 *
 * @param instanceUid StudyInstanceUID
 * @param frameOfReferenceUid one per positioning of the patient
 * @param start when the exam began
 * @param quality control image: a phantom, not a patient
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
        boolean phantom) {

    @Override
    public String toString() {
        return "Study[" + instanceUid + "]";
    }
}
