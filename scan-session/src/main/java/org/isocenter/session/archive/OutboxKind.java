package org.isocenter.session.archive;

/** What a row of the outbox asks for. */
public enum OutboxKind {
    /** Store a DICOM instance: the file of the row. */
    INSTANCE,
    /** Tell that a performed procedure step has begun (N-CREATE): the row's message. */
    PERFORMED_STEP_CREATE,
    /** Tell what has become of it (N-SET): the row's message. */
    PERFORMED_STEP_SET,
    /** Ask whether instances that were sent are kept there (N-ACTION); the answer may come much later. */
    COMMITMENT,
    /** Tell of the study with all its images (FHIR ImagingStudy). */
    IMAGING_STUDY
}
