package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Dictionary;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.iod.Codes;
import org.isocenter.dicom.iod.SopReferences;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.SopReference;
import org.isocenter.model.Study;
import org.isocenter.testing.Orders;
import org.junit.jupiter.api.Test;

/** Against the types that PS3.4 table F.7.2-1 asks for. */
class PerformedStepMessagesTest {
    private static final int[] CREATE_TYPE_1 = {
        Tag.ScheduledStepAttributesSequence,
        Tag.PerformedProcedureStepID,
        Tag.PerformedStationAETitle,
        Tag.PerformedProcedureStepStartDate,
        Tag.PerformedProcedureStepStartTime,
        Tag.PerformedProcedureStepStatus,
        Tag.Modality
    };
    private static final int[] CREATE_TYPE_2 = {
        Tag.PatientName,
        Tag.PatientID,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.ReferencedPatientSequence,
        Tag.PerformedStationName,
        Tag.PerformedLocation,
        Tag.PerformedProcedureStepDescription,
        Tag.PerformedProcedureTypeDescription,
        Tag.ProcedureCodeSequence,
        Tag.PerformedProcedureStepEndDate,
        Tag.PerformedProcedureStepEndTime,
        Tag.StudyID,
        Tag.PerformedProtocolCodeSequence,
        Tag.PerformedSeriesSequence
    };
    private static final int[] REQUEST_TYPE_2 = {
        Tag.ReferencedStudySequence,
        Tag.AccessionNumber,
        Tag.RequestedProcedureID,
        Tag.RequestedProcedureDescription,
        Tag.ScheduledProcedureStepID,
        Tag.ScheduledProcedureStepDescription,
        Tag.ScheduledProtocolCodeSequence
    };
    private static final int[] SERIES_TYPE_2 = {
        Tag.PerformingPhysicianName,
        Tag.OperatorsName,
        Tag.SeriesDescription,
        Tag.RetrieveAETitle,
        Tag.ReferencedImageSequence,
        Tag.ReferencedNonImageCompositeSOPInstanceSequence
    };

    /** What PS3.4 table F.7.2-1 forbids in an N-SET. */
    private static final int[] ONLY_IN_CREATE = {
        Tag.ScheduledStepAttributesSequence,
        Tag.PatientName,
        Tag.PatientID,
        Tag.PatientBirthDate,
        Tag.PatientSex,
        Tag.ReferencedPatientSequence,
        Tag.PerformedProcedureStepID,
        Tag.PerformedStationAETitle,
        Tag.PerformedProcedureStepStartDate,
        Tag.PerformedProcedureStepStartTime,
        Tag.Modality,
        Tag.StudyID
    };

    private static final ScheduledStep KNEE = Orders.knee("1.2.3.4");
    private static final PerformedStep STEP =
            new PerformedStep("1.2.3.9", "PPS1", OffsetDateTime.parse("2026-03-01T23:50:00+01:00"), "T2 axial");
    private static final Study STUDY = new Study(
                    "1.2.3",
                    "X1",
                    "A1",
                    "",
                    "",
                    "1.2.3.8",
                    STEP.start(),
                    KNEE.patient(),
                    PatientPosition.HFS,
                    "KNEE",
                    false)
            .withPerformed(STEP);
    private static final SopReference IMAGE = new SopReference(UID.MRImageStorage, "1.2.3.7.1");
    private static final List<PerformedSeries> SERIES = List.of(
            new PerformedSeries("1.2.3.7", "Spin echo", "T2", "Cuddy^Lisa", "", List.of(IMAGE), List.of()),
            new PerformedSeries("1.2.3.6", "Spectrum", "", "", "", List.of(), List.of()));

    @Test
    void aScheduledStepBeginsWithAllThatWasOrdered() {
        Attributes message = PerformedStepMessages.create(STUDY.withOrder(KNEE), List.of(KNEE), "ISOCENTER", "scanner");
        assertThat(message).satisfies(PerformedStepMessagesTest::isCreation);
        assertThat(message.getString(Tag.PatientName)).isEqualTo(KNEE.patient().name());
        assertThat(message.getString(Tag.StudyID)).isEqualTo("RP1");
        assertThat(Codes.read(message, Tag.ProcedureCodeSequence))
                .isEqualTo(KNEE.procedure().codes());
        Attributes request =
                message.getSequence(Tag.ScheduledStepAttributesSequence).get(0);
        assertThat(request.getString(Tag.StudyInstanceUID)).isEqualTo("1.2.3.4");
        assertThat(request.getString(Tag.AccessionNumber)).isEqualTo("ACC-0042");
        assertThat(request.getString(Tag.RequestedProcedureID)).isEqualTo("RP1");
        assertThat(request.getString(Tag.ScheduledProcedureStepID)).isEqualTo("SPS1");
        assertThat(Codes.read(request, Tag.ScheduledProtocolCodeSequence)).isEqualTo(KNEE.protocolCodes());
        assertThat(SopReferences.read(request, Tag.ReferencedStudySequence))
                .isEqualTo(KNEE.procedure().referencedStudies());
    }

    @Test
    void stepsThatAreDoneTogetherAreAllTold() {
        Attributes message = PerformedStepMessages.create(
                STUDY.withOrder(KNEE), List.of(KNEE, Orders.knee("1.2.3.5")), "ISOCENTER", "");
        assertThat(message).satisfies(PerformedStepMessagesTest::isCreation);
        assertThat(message.getSequence(Tag.ScheduledStepAttributesSequence))
                .extracting(item -> item.getString(Tag.StudyInstanceUID))
                .containsExactly("1.2.3.4", "1.2.3.5");
        assertThat(message.getSequence(Tag.ProcedureCodeSequence)).hasSize(1);
    }

    @Test
    void whatWasNotScheduledBeginsWithItsStudyAlone() {
        Attributes message = PerformedStepMessages.create(STUDY, List.of(), "ISOCENTER", "");
        assertThat(message).satisfies(PerformedStepMessagesTest::isCreation);
        Attributes request =
                message.getSequence(Tag.ScheduledStepAttributesSequence).get(0);
        assertThat(request.getString(Tag.StudyInstanceUID)).isEqualTo("1.2.3");
        assertThat(request.getString(Tag.AccessionNumber)).isEqualTo("A1");
    }

    private static void isCreation(Attributes message) {
        assertThat(message.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("IN PROGRESS");
        hasValues(message, CREATE_TYPE_1);
        hasTags(message, CREATE_TYPE_2);
        assertThat(message.getSequence(Tag.PerformedSeriesSequence)).isEmpty();
        for (Attributes request : message.getSequence(Tag.ScheduledStepAttributesSequence)) {
            hasValues(request, Tag.StudyInstanceUID);
            hasTags(request, REQUEST_TYPE_2);
        }
    }

    @Test
    void everyMessageOfProgressHoldsAllSeries() {
        Attributes message = PerformedStepMessages.progress(SERIES);
        hasSeries(message);
        assertThat(message.contains(Tag.PerformedProcedureStepStatus)).isFalse();
    }

    @Test
    void aStepEndsInTheTimeZoneInWhichItBegan() {
        Attributes message =
                PerformedStepMessages.completed(STEP, OffsetDateTime.parse("2026-03-01T23:30:00Z"), SERIES);
        hasSeries(message);
        assertThat(message.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("COMPLETED");
        assertThat(message.getString(Tag.PerformedProcedureStepEndDate)).isEqualTo("20260302");
        assertThat(message.getString(Tag.PerformedProcedureStepEndTime)).startsWith("003000");
    }

    @Test
    void aStepThatWasBrokenOffSaysWhy() {
        Attributes message = PerformedStepMessages.discontinued(
                STEP, STEP.start().plusMinutes(5), DiscontinuationReason.REFUSED.code(), List.of());
        assertThat(message.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("DISCONTINUED");
        hasValues(message, Tag.PerformedProcedureStepEndDate, Tag.PerformedProcedureStepEndTime);
        hasTags(message, Tag.PerformedSeriesSequence);
        assertThat(Codes.read(message, Tag.PerformedProcedureStepDiscontinuationReasonCodeSequence))
                .containsExactly(DiscontinuationReason.REFUSED.code());
    }

    @Test
    void nothingIsCompletedWithoutASeries() {
        assertThatThrownBy(() -> PerformedStepMessages.completed(STEP, STEP.start(), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void hasSeries(Attributes message) {
        assertThat(message.tags()).doesNotContain(ONLY_IN_CREATE);
        List<Attributes> series = message.getSequence(Tag.PerformedSeriesSequence);
        assertThat(series).hasSize(2);
        for (Attributes each : series) {
            hasValues(each, Tag.ProtocolName, Tag.SeriesInstanceUID);
            hasTags(each, SERIES_TYPE_2);
        }
        assertThat(SopReferences.read(series.get(0), Tag.ReferencedImageSequence))
                .containsExactly(IMAGE);
    }

    private static void hasValues(Attributes attributes, int... tags) {
        for (int tag : tags) {
            boolean empty = attributes.getBytes(tag).length == 0
                    && attributes.getSequence(tag).isEmpty();
            assertThat(empty).as(Dictionary.describe(tag)).isFalse();
        }
    }

    private static void hasTags(Attributes attributes, int... tags) {
        for (int tag : tags) {
            assertThat(attributes.contains(tag)).as(Dictionary.describe(tag)).isTrue();
        }
    }
}
