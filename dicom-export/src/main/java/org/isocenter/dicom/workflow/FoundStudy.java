package org.isocenter.dicom.workflow;

import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.DicomValueException;
import org.isocenter.dicom.data.Tag;

/**
 * A study that an archive has, as it tells it; empty texts and -1 mean "not told".
 *
 * @param patientName PN
 * @param date "20260301", or whatever was told
 * @param modalities e.g. MR, SR
 */
public record FoundStudy(
        String instanceUid,
        String patientId,
        String patientName,
        String birthDate,
        String sex,
        String date,
        String time,
        String description,
        String accessionNumber,
        List<String> modalities,
        int series,
        int instances) {
    public FoundStudy {
        modalities = List.copyOf(modalities);
    }

    /** What a match of {@link StudyQuery#identifier} says. */
    public static FoundStudy of(Attributes match) {
        return new FoundStudy(
                text(match, Tag.StudyInstanceUID),
                text(match, Tag.PatientID),
                text(match, Tag.PatientName),
                text(match, Tag.PatientBirthDate),
                text(match, Tag.PatientSex),
                text(match, Tag.StudyDate),
                text(match, Tag.StudyTime),
                text(match, Tag.StudyDescription),
                text(match, Tag.AccessionNumber),
                List.of(match.getStrings(Tag.ModalitiesInStudy)),
                count(match, Tag.NumberOfStudyRelatedSeries),
                count(match, Tag.NumberOfStudyRelatedInstances));
    }

    /** A series of it. */
    public record Series(String instanceUid, int number, String description, String modality, int instances) {

        /** What a match of {@link StudyQuery#seriesIdentifier} says. */
        public static Series of(Attributes match) {
            return new Series(
                    text(match, Tag.SeriesInstanceUID),
                    count(match, Tag.SeriesNumber),
                    text(match, Tag.SeriesDescription),
                    text(match, Tag.Modality),
                    count(match, Tag.NumberOfSeriesRelatedInstances));
        }
    }

    private static String text(Attributes from, int tag) {
        String text = from.getString(tag);
        return text == null ? "" : text;
    }

    private static int count(Attributes from, int tag) {
        try {
            return from.getInt(tag, -1);
        } catch (DicomValueException e) {
            return -1; // a number that is none is as good as not told
        }
    }

    /** Only the UID may be logged: the rest may tell who the patient is. */
    @Override
    public String toString() {
        return "FoundStudy[" + instanceUid + "]";
    }
}
