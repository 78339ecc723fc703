package org.isocenter.dicom.workflow;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.VR;

/**
 * What to ask a worklist for (PS3.4 K.6.1.2). An empty text or null asks for all; {@code *} and {@code ?} in names and ids are
 * wild.
 *
 * @param stationAeTitle the scanner that steps are meant for
 * @param from first day, or null
 * @param to last day, or null
 * @param patientName PN
 */
public record WorklistQuery(
        String stationAeTitle,
        LocalDate from,
        LocalDate to,
        String modality,
        String patientName,
        String patientId,
        String accessionNumber,
        String requestedProcedureId) {

    /** All steps for all scanners, whenever planned. */
    public static final WorklistQuery ALL = new WorklistQuery("", null, null, "", "", "", "", "");

    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int[] CODE = {
        Tag.CodeValue, Tag.CodingSchemeDesignator, Tag.CodingSchemeVersion, Tag.CodeMeaning
    };
    private static final int[] REFERENCE = {Tag.ReferencedSOPClassUID, Tag.ReferencedSOPInstanceUID};
    private static final int[] STEP_RETURN_KEYS = {
        Tag.ScheduledProcedureStepStartTime,
        Tag.ScheduledPerformingPhysicianName,
        Tag.ScheduledProcedureStepDescription,
        Tag.ScheduledProcedureStepID,
        Tag.ScheduledStationName,
        Tag.ScheduledProcedureStepLocation,
        Tag.PreMedication,
        Tag.RequestedContrastAgent
    };
    private static final int[] RETURN_KEYS = {
        Tag.RequestedProcedureDescription,
        Tag.StudyInstanceUID,
        Tag.RequestedProcedurePriority,
        Tag.RequestingPhysician,
        Tag.ReferringPhysicianName,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.PatientWeight,
        Tag.MedicalAlerts,
        Tag.Allergies,
        Tag.PregnancyStatus,
        Tag.SpecialNeeds,
        Tag.PatientState,
        Tag.AdmissionID,
        Tag.CurrentPatientLocation,
        Tag.PatientTransportArrangements,
        Tag.ConfidentialityConstraintOnPatientDataDescription
    };

    /** Steps of the day for one scanner and kind of scanner. */
    public static WorklistQuery of(String stationAeTitle, LocalDate day, String modality) {
        return new WorklistQuery(stationAeTitle, day, day, modality, "", "", "", "");
    }

    /**
     * The identifier of the C-FIND request: all matching keys and all that is wanted back.
     *
     * @throws org.isocenter.dicom.data.DicomValueException when a key cannot be asked for like this
     */
    public Attributes identifier() {
        Attributes identifier = new Attributes();
        boolean plain = Stream.of(patientName, patientId, accessionNumber, requestedProcedureId)
                .allMatch(StandardCharsets.US_ASCII.newEncoder()::canEncode);
        if (!plain) {
            identifier.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        }
        identifier.setString(Tag.PatientName, patientName);
        identifier.setString(Tag.PatientID, patientId);
        identifier.setString(Tag.AccessionNumber, accessionNumber);
        identifier.setString(Tag.RequestedProcedureID, requestedProcedureId);
        for (int tag : RETURN_KEYS) {
            identifier.setEmpty(tag);
        }
        wanted(identifier, Tag.RequestedProcedureCodeSequence, CODE);
        wanted(identifier, Tag.RequestedLateralityCodeSequence, CODE);
        wanted(identifier, Tag.ReferencedStudySequence, REFERENCE);
        identifier.setSequence(Tag.ScheduledProcedureStepSequence, List.of(step(identifier.newItem())));
        return identifier;
    }

    private Attributes step(Attributes step) {
        step.setString(Tag.ScheduledStationAETitle, stationAeTitle);
        // A range of days is no DA by itself: only a query may hold it.
        step.setBytes(Tag.ScheduledProcedureStepStartDate, VR.DA, days(from, to).getBytes(StandardCharsets.US_ASCII));
        step.setString(Tag.Modality, modality);
        for (int tag : STEP_RETURN_KEYS) {
            step.setEmpty(tag);
        }
        wanted(step, Tag.ScheduledProtocolCodeSequence, CODE);
        Attributes protocol =
                step.getSequence(Tag.ScheduledProtocolCodeSequence).get(0);
        Attributes context = protocol.newItem();
        context.setEmpty(Tag.ValueType);
        wanted(context, Tag.ConceptNameCodeSequence, CODE);
        wanted(context, Tag.ConceptCodeSequence, CODE);
        protocol.setSequence(Tag.ProtocolContextSequence, List.of(context));
        return step;
    }

    /** "20251122", "20251122-20251123", "20251122-", "-20251123" or "" (PS3.4 C.2.2.2.5). */
    static String days(LocalDate from, LocalDate to) {
        if (from != null && from.equals(to)) {
            return DATE.format(from);
        }
        String range = (from == null ? "" : DATE.format(from)) + "-" + (to == null ? "" : DATE.format(to));
        return range.equals("-") ? "" : range;
    }

    private static void wanted(Attributes from, int sequence, int[] tags) {
        Attributes item = from.newItem();
        for (int tag : tags) {
            item.setEmpty(tag);
        }
        from.setSequence(sequence, List.of(item));
    }
}
