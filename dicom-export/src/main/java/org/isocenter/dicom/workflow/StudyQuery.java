package org.isocenter.dicom.workflow;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;

/**
 * What to ask an archive for (PS3.4 C.6.2.1, Study Root). An empty text or null asks for all; {@code *} and {@code ?} in names
 * and ids are wild.
 *
 * @param patientName PN
 * @param from first day, or null
 * @param to last day, or null
 */
public record StudyQuery(
        String patientId,
        String patientName,
        String accessionNumber,
        String studyInstanceUid,
        String modality,
        LocalDate from,
        LocalDate to) {

    private static final int[] STUDY_RETURN_KEYS = {
        Tag.StudyTime,
        Tag.StudyDescription,
        Tag.StudyID,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.NumberOfStudyRelatedSeries,
        Tag.NumberOfStudyRelatedInstances
    };
    private static final int[] SERIES_RETURN_KEYS = {
        Tag.SeriesInstanceUID, Tag.SeriesNumber, Tag.SeriesDescription, Tag.Modality, Tag.NumberOfSeriesRelatedInstances
    };

    /** All studies of a patient. */
    public static StudyQuery ofPatient(String patientId) {
        return new StudyQuery(patientId, "", "", "", "", null, null);
    }

    /**
     * The identifier of a C-FIND for studies.
     *
     * @throws org.isocenter.dicom.data.DicomValueException when a key cannot be asked for like this
     */
    public Attributes identifier() {
        Attributes identifier = new Attributes();
        boolean plain = Stream.of(patientId, patientName, accessionNumber)
                .allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
        if (!plain) {
            identifier.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        }
        identifier.setString(Tag.QueryRetrieveLevel, "STUDY");
        identifier.setString(Tag.PatientID, patientId);
        identifier.setString(Tag.PatientName, patientName);
        identifier.setString(Tag.AccessionNumber, accessionNumber);
        identifier.setString(Tag.StudyInstanceUID, studyInstanceUid);
        identifier.setString(Tag.ModalitiesInStudy, modality);
        // A range of days is no DA by itself: only a query may hold it.
        identifier.setBytes(Tag.StudyDate, VR.DA, WorklistQuery.days(from, to).getBytes(StandardCharsets.US_ASCII));
        for (int tag : STUDY_RETURN_KEYS) {
            identifier.setEmpty(tag);
        }
        return identifier;
    }

    /** The identifier of a C-FIND for the series of a study. */
    public static Attributes seriesIdentifier(String studyInstanceUid) {
        Attributes identifier = new Attributes();
        identifier.setString(Tag.QueryRetrieveLevel, "SERIES");
        identifier.setString(Tag.StudyInstanceUID, studyInstanceUid);
        for (int tag : SERIES_RETURN_KEYS) {
            identifier.setEmpty(tag);
        }
        return identifier;
    }

    /**
     * The identifier of a C-MOVE or C-GET.
     *
     * @param seriesInstanceUid of one series, or empty for the whole study
     */
    public static Attributes retrieval(String studyInstanceUid, String seriesInstanceUid) {
        Attributes identifier = new Attributes();
        identifier.setString(Tag.QueryRetrieveLevel, seriesInstanceUid.isEmpty() ? "STUDY" : "SERIES");
        identifier.setString(Tag.StudyInstanceUID, studyInstanceUid);
        if (!seriesInstanceUid.isEmpty()) {
            identifier.setString(Tag.SeriesInstanceUID, seriesInstanceUid);
        }
        return identifier;
    }
}
