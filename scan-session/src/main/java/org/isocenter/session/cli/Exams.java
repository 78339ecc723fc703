package org.isocenter.session.cli;

import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Study;

/** The exams that the command line makes up: of a phantom, or of somebody who is not named. */
final class Exams {
    private static final DateTimeFormatter ID = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    private Exams() {}

    static Study study(boolean virtual, String phantom, PatientPosition position, String description) {
        OffsetDateTime now = OffsetDateTime.now().withNano(0);
        String name = phantom == null ? "brain" : phantom.substring(phantom.lastIndexOf('/') + 1);
        Patient patient = virtual ? Patient.phantom("Phantom^" + name, "PHANTOM") : identified(Patient.UNKNOWN, now);
        return new Study(
                UID.create(), studyId(now), "", description, "", UID.create(), now, patient, position, "", virtual);
    }

    /** Of a study that has none: when it began. */
    static String studyId(OffsetDateTime start) {
        return ID.format(start);
    }

    /**
     * The patient, with an identifier: archives sort by it. One that is made says that it is, and when, and nothing else.
     */
    static Patient identified(Patient patient, OffsetDateTime start) {
        return patient.id().isBlank() ? patient.withMadeUpId(ID.format(start)) : patient;
    }
}
