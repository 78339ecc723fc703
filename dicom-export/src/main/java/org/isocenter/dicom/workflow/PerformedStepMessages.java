package org.isocenter.dicom.workflow;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.dicom.iod.TextWriter;
import org.isocenter.model.Code;
import org.isocenter.model.Patient;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.RequestedProcedure;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;

/**
 * The data sets that tell the hospital of a performed procedure step (PS3.4 F.7.2, PS3.3 C.4.13 to C.4.15): one N-CREATE when
 * it begins, N-SETs that each hold all series so far, the last of which ends it. All times are of the time zone in which the
 * step began.
 */
public final class PerformedStepMessages {
    private PerformedStepMessages() {}

    /**
     * The N-CREATE: in progress, without series.
     *
     * @param study with the performed step
     * @param scheduled the steps that are performed together, of one requested procedure or more; none when nothing was
     *     scheduled
     * @param stationAeTitle ours
     * @param stationName or empty
     * @throws org.isocenter.dicom.data.DicomValueException when an id or a name cannot be written as it is
     */
    public static Attributes create(
            Study study, List<ScheduledStep> scheduled, String stationAeTitle, String stationName) {
        Attributes message = message();
        PerformedStep step = study.performed();
        List<Attributes> requests = new ArrayList<>();
        if (scheduled.isEmpty()) {
            requests.add(unscheduled(message, study));
        }
        scheduled.forEach(each -> requests.add(request(message, each)));
        message.setSequence(Tag.ScheduledStepAttributesSequence, requests);
        patient(message, study.patient());
        message.setString(Tag.PerformedProcedureStepID, step.id());
        message.setString(Tag.PerformedStationAETitle, stationAeTitle);
        describe(message, Tag.PerformedStationName, stationName);
        message.setEmpty(Tag.PerformedLocation);
        moment(message, Tag.PerformedProcedureStepStartDate, Tag.PerformedProcedureStepStartTime, step.start());
        message.setString(Tag.PerformedProcedureStepStatus, "IN PROGRESS");
        describe(message, Tag.PerformedProcedureStepDescription, step.description());
        message.setEmpty(Tag.PerformedProcedureTypeDescription);
        Codes.write(
                message,
                Tag.ProcedureCodeSequence,
                scheduled.stream()
                        .flatMap(each -> each.procedure().codes().stream())
                        .distinct()
                        .toList());
        message.setEmpty(Tag.PerformedProcedureStepEndDate);
        message.setEmpty(Tag.PerformedProcedureStepEndTime);
        message.setString(Tag.Modality, "MR");
        message.setString(Tag.StudyID, study.id());
        message.setEmpty(Tag.PerformedProtocolCodeSequence);
        message.setEmpty(Tag.PerformedSeriesSequence);
        return message;
    }

    /** The N-SET after a series, with all of them. */
    public static Attributes progress(List<PerformedSeries> series) {
        Attributes message = message();
        series(message, series);
        return message;
    }

    /**
     * The N-SET that ends the step with what it made.
     *
     * @param series at least one
     */
    public static Attributes completed(PerformedStep step, OffsetDateTime end, List<PerformedSeries> series) {
        if (series.isEmpty()) {
            throw new IllegalArgumentException("a completed step has at least one series: discontinue it");
        }
        Attributes message = progress(series);
        end(message, "COMPLETED", step, end);
        return message;
    }

    /** The N-SET that ends the step because it was broken off. */
    public static Attributes discontinued(
            PerformedStep step, OffsetDateTime end, Code reason, List<PerformedSeries> series) {
        Attributes message = progress(series);
        end(message, "DISCONTINUED", step, end);
        Codes.write(message, Tag.PerformedProcedureStepDiscontinuationReasonCodeSequence, List.of(reason));
        return message;
    }

    private static Attributes message() {
        Attributes message = new Attributes();
        message.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        return message;
    }

    private static Attributes request(Attributes parent, ScheduledStep step) {
        Attributes item = parent.newItem();
        RequestedProcedure procedure = step.procedure();
        item.setString(Tag.StudyInstanceUID, procedure.studyInstanceUid());
        SopReferences.write(item, Tag.ReferencedStudySequence, procedure.referencedStudies());
        item.setString(Tag.AccessionNumber, procedure.accessionNumber());
        item.setString(Tag.RequestedProcedureID, procedure.id());
        describe(item, Tag.RequestedProcedureDescription, procedure.description());
        item.setString(Tag.ScheduledProcedureStepID, step.id());
        describe(item, Tag.ScheduledProcedureStepDescription, step.description());
        Codes.write(item, Tag.ScheduledProtocolCodeSequence, step.protocolCodes());
        return item;
    }

    private static Attributes unscheduled(Attributes parent, Study study) {
        Attributes item = parent.newItem();
        item.setString(Tag.StudyInstanceUID, study.instanceUid());
        item.setString(Tag.AccessionNumber, study.accessionNumber());
        for (int tag : new int[] {
            Tag.ReferencedStudySequence,
            Tag.RequestedProcedureID,
            Tag.RequestedProcedureDescription,
            Tag.ScheduledProcedureStepID,
            Tag.ScheduledProcedureStepDescription,
            Tag.ScheduledProtocolCodeSequence
        }) {
            item.setEmpty(tag);
        }
        return item;
    }

    private static void patient(Attributes message, Patient patient) {
        message.setString(Tag.PatientName, patient.name());
        message.setString(Tag.PatientID, patient.id());
        message.setEmpty(Tag.PatientBirthDate);
        if (patient.birthDate() != null) {
            message.setDate(Tag.PatientBirthDate, patient.birthDate());
        }
        message.setString(Tag.PatientSex, patient.sex());
        message.setEmpty(Tag.ReferencedPatientSequence);
    }

    private static void series(Attributes message, List<PerformedSeries> series) {
        message.setSequence(
                Tag.PerformedSeriesSequence,
                series.stream()
                        .map(each -> {
                            Attributes item = message.newItem();
                            describe(item, Tag.ProtocolName, each.protocolName());
                            item.setString(Tag.SeriesInstanceUID, each.instanceUid());
                            item.setString(Tag.PerformingPhysicianName, each.performingPhysician());
                            item.setString(Tag.OperatorsName, each.operators());
                            describe(item, Tag.SeriesDescription, each.description());
                            // Images are pushed to the archive: they cannot be fetched from here.
                            item.setEmpty(Tag.RetrieveAETitle);
                            SopReferences.write(item, Tag.ReferencedImageSequence, each.images());
                            SopReferences.write(
                                    item, Tag.ReferencedNonImageCompositeSOPInstanceSequence, each.others());
                            return item;
                        })
                        .toList());
    }

    private static void end(Attributes message, String status, PerformedStep step, OffsetDateTime end) {
        message.setString(Tag.PerformedProcedureStepStatus, status);
        moment(
                message,
                Tag.PerformedProcedureStepEndDate,
                Tag.PerformedProcedureStepEndTime,
                end.withOffsetSameInstant(step.start().getOffset()));
    }

    private static void moment(Attributes message, int dateTag, int timeTag, OffsetDateTime moment) {
        message.setDate(dateTag, moment.toLocalDate());
        message.setTime(timeTag, moment.toLocalTime());
    }

    /** Present even when empty, shortened as in the images when too long. */
    private static void describe(Attributes to, int tag, String text) {
        to.setEmpty(tag);
        new TextWriter(to, new ArrayList<>()).describe(tag, text);
    }
}
