package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Study;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedFile;
import org.isocenter.session.archive.ArchivedSeries;
import org.isocenter.session.archive.ArchivedStep;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.StepState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.testing.Orders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerformedStepReportsTest {
    private static final DicomSettings SETTINGS = new DicomSettings(
            "SCANNER1",
            Optional.empty(),
            List.of(destination("RIS", Service.MPPS), destination("PACS", Service.STORE)));
    private static final String STEP = "1.2.3.77";

    @TempDir
    Path home;

    private Archive archive;
    private PerformedStepReports reports;
    private Study study;

    @BeforeEach
    void open() {
        archive = Archive.open(home);
        reports = new PerformedStepReports(archive, () -> SETTINGS, () -> {});
        Study visit = Examples.study("1.2.3").withOrder(Orders.knee("1.2.3"));
        study = visit.withPerformed(new PerformedStep(STEP, "PPS1", visit.start(), "Knee"));
    }

    @AfterEach
    void close() {
        reports.close();
        archive.close();
    }

    private static Destination destination(String name, Service service) {
        return new Destination.Dimse(name, name, "localhost", 104, Optional.empty(), Set.of(service), false);
    }

    @Test
    void theFirstScanBeginsTheStepForThoseWhoWantToKnow() throws Exception {
        begin("a");
        reports.update();
        OutboxRow row = onlyRow();
        assertThat(row.kind()).isEqualTo(OutboxKind.PERFORMED_STEP_CREATE);
        assertThat(row.destination()).isEqualTo("RIS");
        assertThat(row.subjectUid()).isEqualTo(STEP);
        Attributes message = message(row);
        assertThat(message.getString(Tag.PerformedStationAETitle)).isEqualTo("SCANNER1");
        assertThat(message.getString(Tag.PerformedProcedureStepID)).isEqualTo("PPS1");
        assertThat(message.getSequence(Tag.ScheduledStepAttributesSequence)
                        .get(0)
                        .getString(Tag.AccessionNumber))
                .isEqualTo("ACC-0042");
        begin("b");
        reports.update();
        assertThat(rows()).hasSize(1);
    }

    /** The append case of IHE's scheduled workflow: a study is continued, by another step or by the same. */
    @Test
    void eachVisitOfAStudyKeepsWhatItWasOrderedBy() throws Exception {
        begin("a");
        Study first = study;
        study = first.withOrders(List.of(Orders.knee("1.2.3"), Orders.kneeAgain("1.2.3")))
                .withPerformed(new PerformedStep("1.2.3.78", "PPS2", first.start(), "Knee"));
        begin("b");
        assertThat(archive.performedSteps().open())
                .extracting(ArchivedStep::study)
                .containsExactly(first, study);
        reports.update();
        assertThat(rows()).hasSize(2);
        assertThat(scheduled(rows().get(0))).containsExactly("SPS1");
        assertThat(scheduled(rows().get(1))).containsExactly("SPS1", "SPS2");
    }

    private static List<String> scheduled(OutboxRow row) throws IOException {
        return message(row).getSequence(Tag.ScheduledStepAttributesSequence).stream()
                .map(step -> step.getString(Tag.ScheduledProcedureStepID))
                .toList();
    }

    @Test
    void afterEachScanAllSeriesSoFarAreTold() throws Exception {
        begin("a");
        complete("a", "DONE", "1.2.3.1", 2);
        begin("b");
        reports.update();
        complete("b", "ABORTED", "1.2.3.2", 1);
        reports.update();
        reports.update();
        List<OutboxRow> rows = rows();
        assertThat(rows)
                .extracting(OutboxRow::kind)
                .containsExactly(
                        OutboxKind.PERFORMED_STEP_CREATE, OutboxKind.PERFORMED_STEP_SET, OutboxKind.PERFORMED_STEP_SET);
        assertThat(series(rows.get(1))).containsExactly("1.2.3.1: 2 images of Spin echo by Cuddy^Lisa");
        assertThat(series(rows.get(2)))
                .containsExactly(
                        "1.2.3.1: 2 images of Spin echo by Cuddy^Lisa", "1.2.3.2: 1 images of Spin echo by Cuddy^Lisa");
        assertThat(message(rows.get(2)).contains(Tag.PerformedProcedureStepStatus))
                .isFalse();
    }

    @Test
    void aVisitThatEndsWithImagesIsCompleted() throws Exception {
        begin("a");
        complete("a", "ABORTED", "1.2.3.1", 3);
        reports.end(STEP);
        Attributes last = message(lastRow());
        assertThat(last.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("COMPLETED");
        assertThat(series(lastRow())).containsExactly("1.2.3.1: 3 images of Spin echo by Cuddy^Lisa");
        assertThat(state()).isEqualTo(StepState.COMPLETED);
        reports.update();
        assertThat(rows()).hasSize(2);
    }

    @Test
    void aVisitThatEndsWhileItsLastScanIsReconstructedIsToldOfWhenThatIsDone() throws Exception {
        begin("a");
        reports.end(STEP);
        assertThat(rows()).hasSize(1);
        complete("a", "DONE", "1.2.3.1", 1);
        reports.update();
        assertThat(message(lastRow()).getString(Tag.PerformedProcedureStepStatus))
                .isEqualTo("COMPLETED");
    }

    @Test
    void aScanWithNothingForDicomWasPerformedAllTheSame() throws Exception {
        begin("a");
        archive.complete("a", "DONE", 32, List.of(), List.of());
        reports.end(STEP);
        assertThat(message(lastRow()).getString(Tag.PerformedProcedureStepStatus))
                .isEqualTo("COMPLETED");
        assertThat(series(lastRow())).singleElement().asString().endsWith("0 images of Spin echo by Cuddy^Lisa");
    }

    @Test
    void aVisitThatLeftNothingIsDiscontinued() throws Exception {
        begin("a");
        archive.forget("a");
        reports.end(STEP);
        assertThat(reasonTold()).isEqualTo("110513");
        assertThat(state()).isEqualTo(StepState.DISCONTINUED);
    }

    @Test
    void aVisitThatLeftNothingBecauseTheScannerFailedSaysSo() throws Exception {
        begin("a");
        archive.performedSteps().noteTrouble("110501");
        archive.forget("a");
        reports.end(STEP);
        assertThat(reasonTold()).isEqualTo("110501");
    }

    @Test
    void aVisitThatAPersonBrokeOffIsDiscontinuedWithWhatItMade() throws Exception {
        begin("a");
        complete("a", "DONE", "1.2.3.1", 1);
        reports.breakOff(STEP, DiscontinuationReason.REFUSED);
        assertThat(reasonTold()).isEqualTo("110505");
        assertThat(series(lastRow())).hasSize(1);
    }

    @Test
    void aKilledProgramsVisitEndsWhenItsScanIsRecovered() throws Exception {
        begin("a");
        killOwner("performed_step");
        killOwner("scan");
        reports.update();
        assertThat(rows()).hasSize(1);
        assertThat(state()).isEqualTo(StepState.IN_PROGRESS);
        complete("a", "ABORTED", "1.2.3.1", 1);
        reports.update();
        assertThat(message(lastRow()).getString(Tag.PerformedProcedureStepStatus))
                .isEqualTo("COMPLETED");
        assertThat(series(lastRow())).hasSize(1);
    }

    @Test
    void aVisitThatIsToGoOnIsNotEndedByAnotherProgram() throws Exception {
        begin("a");
        complete("a", "DONE", "1.2.3.1", 1);
        archive.performedSteps().leaveOpen(STEP);
        reports.update();
        assertThat(state()).isEqualTo(StepState.IN_PROGRESS);
    }

    @Test
    void whatWasNotScheduledIsToldOfWithoutAnOrder() throws Exception {
        study = Examples.study("1.2.3").withPerformed(study.performed());
        begin("a");
        reports.update();
        assertThat(message(onlyRow())
                        .getSequence(Tag.ScheduledStepAttributesSequence)
                        .get(0)
                        .getBytes(Tag.ScheduledProcedureStepID))
                .isEmpty();
    }

    @Test
    void whatAnotherProgramHasToldIsNotToldTwice() {
        begin("a");
        reports.update();
        archive.performedSteps().tell(STEP, Optional.empty(), "", List.of());
        assertThat(archive.performedSteps().find(STEP).orElseThrow().told()).contains("");
        complete("a", "DONE", "1.2.3.1", 1);
        OutboxRow told = rows().get(0);
        archive.performedSteps().tell(STEP, Optional.of("1.2.9"), "1.2.3.1", List.of(entry(told)));
        archive.performedSteps().finish(STEP, StepState.COMPLETED, List.of());
        archive.performedSteps().finish(STEP, StepState.DISCONTINUED, List.of(entry(told)));
        assertThat(rows()).hasSize(1);
        assertThat(state()).isEqualTo(StepState.COMPLETED);
    }

    private static OutboxEntry entry(OutboxRow row) {
        return OutboxEntry.message(
                row.destination(), row.kind(), row.subjectUid(), row.message().orElseThrow(), Optional.empty());
    }

    private void begin(String scan) {
        archive.begin(Examples.header(scan, study, 64, 32), home.resolve(scan), 32, "SCANNING");
    }

    private void complete(String scan, String state, String seriesUid, int images) {
        List<ArchivedFile> files = new ArrayList<>();
        for (int i = 1; i <= images; i++) {
            Attributes image = new Attributes();
            image.setString(Tag.SOPClassUID, UID.MRImageStorage);
            image.setString(Tag.SOPInstanceUID, seriesUid + "." + i);
            image.setString(Tag.SeriesInstanceUID, seriesUid);
            image.setBytes(Tag.PixelData, VR.OW, new byte[2]);
            String path = "dicom/" + i + ".dcm";
            try {
                Files.createDirectories(home.resolve(scan).resolve("dicom"));
                DicomWriter.write(home.resolve(scan).resolve(path), image);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            files.add(new ArchivedFile(path, 1, "ab"));
        }
        archive.complete(scan, state, 32, List.of(new ArchivedSeries(seriesUid, 1, "T2", images)), files);
    }

    /** As if the program that is at it were gone: the process id is that of a process that started at another time. */
    private void killOwner(String table) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("archive.db"));
                Statement statement = other.createStatement()) {
            statement.executeUpdate("UPDATE " + table + " SET owner_start = '2001-01-01T00:00:00Z'");
        }
    }

    private StepState state() {
        return archive.performedSteps().find(STEP).orElseThrow().state();
    }

    private List<OutboxRow> rows() {
        return archive.outbox().open();
    }

    private OutboxRow onlyRow() {
        assertThat(rows()).hasSize(1);
        return rows().get(0);
    }

    private OutboxRow lastRow() {
        List<OutboxRow> rows = rows();
        return rows.get(rows.size() - 1);
    }

    private static Attributes message(OutboxRow row) throws IOException {
        return DicomReader.readDataset("row", row.message().orElseThrow(), 0, UID.ExplicitVRLittleEndian);
    }

    private static List<String> series(OutboxRow row) throws IOException {
        return message(row).getSequence(Tag.PerformedSeriesSequence).stream()
                .map(item -> item.getString(Tag.SeriesInstanceUID) + ": "
                        + item.getSequence(Tag.ReferencedImageSequence).size() + " images of "
                        + item.getString(Tag.ProtocolName) + " by " + item.getString(Tag.PerformingPhysicianName))
                .toList();
    }

    private String reasonTold() throws IOException {
        Attributes last = message(lastRow());
        assertThat(last.getString(Tag.PerformedProcedureStepStatus)).isEqualTo("DISCONTINUED");
        return last.getSequence(Tag.PerformedProcedureStepDiscontinuationReasonCodeSequence)
                .get(0)
                .getString(Tag.CodeValue);
    }
}
