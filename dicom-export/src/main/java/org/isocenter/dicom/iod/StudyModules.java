package org.isocenter.dicom.iod;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.model.Patient;
import org.isocenter.model.Study;

/** What all images of a study share: patient, study and frame of reference modules (PS3.3 C.7.1 to C.7.4). */
final class StudyModules {
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("xx", Locale.ROOT);
    private static final Set<String> SEXES = Set.of("", "M", "F", "O");

    private final Attributes attributes;
    private final Consumer<DicomValueException> problems;

    /** @param problems is told of every identifier that DICOM cannot hold; it may throw */
    StudyModules(Attributes attributes, Consumer<DicomValueException> problems) {
        this.attributes = attributes;
        this.problems = problems;
    }

    void write(Study study) {
        writePatient(study.patient());
        uid(Tag.StudyInstanceUID, study.instanceUid());
        identify(Tag.StudyID, study.id());
        identify(Tag.AccessionNumber, study.accessionNumber());
        identify(Tag.ReferringPhysicianName, study.referringPhysician());
        if (study.start() == null) {
            attributes.setEmpty(Tag.StudyDate);
            attributes.setEmpty(Tag.StudyTime);
        } else {
            attributes.setDate(Tag.StudyDate, study.start().toLocalDate());
            attributes.setTime(Tag.StudyTime, study.start().toLocalTime());
        }
        uid(Tag.FrameOfReferenceUID, study.frameOfReferenceUid());
        attributes.setEmpty(Tag.PositionReferenceIndicator);
        identify(
                Tag.PatientPosition,
                study.position() == null ? "" : study.position().name());
        try {
            if (!study.orders().isEmpty()) {
                OrderModules.writeOrders(attributes, study.orders());
            }
            if (study.performed() != null) {
                OffsetDateTime zoned = study.start() == null ? study.performed().start() : study.start();
                OrderModules.writePerformed(attributes, study.performed(), zoned.getOffset());
            }
        } catch (DicomValueException e) {
            problems.accept(e);
        }
    }

    /** Writes date and time in the study's time zone, of which a data set can have only one. */
    static void writeMoment(Attributes to, int dateTag, int timeTag, OffsetDateTime moment, ZoneOffset zone) {
        if (moment != null) {
            OffsetDateTime there = moment.withOffsetSameInstant(zone);
            to.setDate(dateTag, there.toLocalDate());
            to.setTime(timeTag, there.toLocalTime());
        }
    }

    static void writeZone(Attributes to, ZoneOffset zone) {
        to.setString(Tag.TimezoneOffsetFromUTC, ZONE.format(zone));
    }

    private void writePatient(Patient patient) {
        identify(Tag.PatientName, patient.name());
        identify(Tag.PatientID, patient.id());
        if (patient.birthDate() == null) {
            attributes.setEmpty(Tag.PatientBirthDate);
        } else {
            attributes.setDate(Tag.PatientBirthDate, patient.birthDate());
        }
        if (!SEXES.contains(orEmpty(patient.sex()))) {
            problems.accept(new DicomValueException(Tag.PatientSex, "must be M, F, O or empty"));
        } else {
            identify(Tag.PatientSex, patient.sex());
        }
        if (patient.weightKilograms() > 0) {
            attributes.setDouble(Tag.PatientWeight, patient.weightKilograms());
        }
    }

    private void identify(int tag, String text) {
        try {
            attributes.setString(tag, orEmpty(text));
        } catch (DicomValueException e) {
            problems.accept(e);
        }
    }

    private void uid(int tag, String uid) {
        if (uid == null || !UID.isValid(uid)) {
            problems.accept(new DicomValueException(
                    tag, "must be a UID: digits parted by dots, no leading zeros, at most 64 characters"));
        } else {
            attributes.setString(tag, uid);
        }
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
