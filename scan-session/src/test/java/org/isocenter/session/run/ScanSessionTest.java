package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.model.Protocol;
import org.isocenter.model.RawData;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.mrd.MrdImage;
import org.isocenter.recon.page.PagePicture;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.archive.ArchivedSeries;
import org.isocenter.session.journal.Journal;
import org.isocenter.session.journal.JournalReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 3, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class ScanSessionTest {
    @TempDir
    Path home;

    private Archive archive;
    private ScanSession session;
    private Path out;
    private final List<ScanEvent> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void open() {
        archive = Archive.open(home.resolve("archive"));
        session = new ScanSession(archive);
        session.subscribe(events::add);
        out = home.resolve("out");
    }

    @AfterEach
    void close() {
        session.close();
        archive.close();
    }

    @Test
    void aScanGoesThroughItsStatesAndLeavesAllItsFiles() throws Exception {
        assertThat(session.state()).isEqualTo(ScanState.IDLE);
        ScanResult result = session.scan(request("complete"));
        close();
        assertThat(states())
                .containsExactly(ScanState.PREPARING, ScanState.SCANNING, ScanState.RECONSTRUCTING, ScanState.DONE);
        assertThat(names(out))
                .containsExactlyInAnyOrder(
                        "dicom", "raw.h5", "sequence.seq", "images.h5", "preview.png", "report.json");
        assertThat(result.state()).isEqualTo(ScanState.DONE);
        assertThat(result.files()).allMatch(Files::isRegularFile).contains(out.resolve("report.json"));
        assertThat(result.notes()).contains("a note");
        MrdImage image = MrdFile.readImages(out.resolve("images.h5"), null)
                .series()
                .get("image_0")
                .get(0);
        assertThat(image.real()[17]).isEqualTo(result.volumes().get(0).pixels()[17]);
        assertThat(image.meta().text(ImagesFile.CHAIN)).contains("\"chain\"");
        RawData raw = MrdFile.read(out.resolve("raw.h5")).raw();
        assertThat(raw.size()).isEqualTo(TestSequence.LINES);
        assertThat(raw.readout(7).real()).containsOnly(7);
        assertThat(Files.readString(out.resolve("sequence.seq")))
                .startsWith("#")
                .contains("[BLOCKS]");
    }

    @Test
    void theScanIsInTheArchiveWithItsFiles() throws Exception {
        ScanResult result = session.scan(request("complete"));
        ArchivedScan scan = archive.scan(result.header().measurementId()).orElseThrow();
        assertThat(scan.state()).isEqualTo("DONE");
        assertThat(scan.readouts()).isEqualTo(TestSequence.LINES);
        assertThat(scan.files()).containsExactlyInAnyOrderElementsOf(result.files());
        assertThat(archive.series(scan.id())).hasSize(1).first().satisfies(s -> {
            assertThat(s.number()).isEqualTo(3);
            assertThat(s.description()).isEqualTo("Test images");
        });
    }

    @Test
    void theReportIsKeptAmongTheImagesWhenAskedFor() throws Exception {
        ScanResult result =
                session.scan(request("complete").withDicom(new DicomOutput(DicomOutput.Objects.AUTO, false, true)));
        Attributes page =
                DicomReader.read(out.resolve("dicom").resolve("0004-00001.dcm")).dataset();
        assertThat(page.getString(Tag.SOPClassUID))
                .isIn(UID.SecondaryCaptureImageStorage, UID.MultiFrameTrueColorSecondaryCaptureImageStorage);
        assertThat(page.getString(Tag.SeriesDescription)).isEqualTo("Test images report");
        assertThat(page.getInt(Tag.Rows, 0)).isEqualTo(PagePicture.HEIGHT);
        assertThat(archive.series(archive.scan(result.header().measurementId())
                        .orElseThrow()
                        .id()))
                .extracting(ArchivedSeries::number)
                .containsExactly(3, 4);
    }

    @Test
    void theReportHasTheKeysThatScriptsReadAndTheChecksumsOfTheFiles() throws Exception {
        session.scan(request("complete"));
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.at("/sequence/name").asText()).isEqualTo("se2d");
        assertThat(report.at("/sequence/parameters/TR").asDouble()).isEqualTo(5e-3);
        assertThat(report.at("/sequence/duration").asDouble()).isEqualTo(0.08);
        assertThat(report.at("/checks/0").fieldNames()).toIterable().contains("name", "value", "limit", "unit", "pass");
        assertThat(report.at("/device/uri").asText()).isEqualTo("fake:complete");
        assertThat(report.at("/device/firmware").asText()).isEqualTo("7");
        assertThat(report.get("device").has("calibration")).isTrue();
        assertThat(report.at("/acquisition").fieldNames())
                .toIterable()
                .contains("readouts", "samples", "lost", "start", "end", "state");
        assertThat(report.at("/acquisition/samples").asInt()).isEqualTo(16 * 32);
        assertThat(report.at("/timing").fieldNames())
                .toIterable()
                .containsExactly("compile", "acquire", "firstImage", "firstPreview", "recon", "export");
        assertThat(report.at("/image").fieldNames()).toIterable().contains("matrix", "voxel", "orientation", "snr");
        assertThat(report.at("/software").fieldNames()).toIterable().contains("version", "commit");
        assertThat(report.at("/files")).isNotEmpty();
        for (JsonNode file : report.get("files")) {
            assertThat(ScanReport.sha256(out.resolve(file.get("path").asText())))
                    .isEqualTo(file.get("sha256").asText());
        }
        assertThat(report.toString()).doesNotContain("Roe").doesNotContain("P42");
    }

    @Test
    void progressEndsWithAllReadoutsAndTheScanCanBeReadWhileItRuns() throws Exception {
        session.scan(request("complete"));
        close();
        List<ScanEvent.Progress> progress = only(ScanEvent.Progress.class);
        assertThat(progress.get(progress.size() - 1).readouts()).isEqualTo(TestSequence.LINES);
        LiveScan live = only(ScanEvent.Started.class).get(0).live();
        assertThat(live.raw().size()).isEqualTo(TestSequence.LINES);
        assertThat(live.durationSeconds()).isGreaterThanOrEqualTo(0.08);
        assertThat(only(ScanEvent.Finished.class)).hasSize(1);
    }

    @Test
    void everyCallToTheScannerIsMadeByOneThread() throws Exception {
        session.scan(request("complete"));
        assertThat(FakeProvider.last.threads).containsExactly("scanner");
        assertThat(FakeProvider.last.calls).endsWith("abort", "close");
    }

    @Test
    void aScannerThatFailsLeavesWhatCameBeforeAndSaysWhatToDo() throws Exception {
        ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("fail")));
        close();
        assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
        assertThat(error).hasMessageContaining("the link broke: check the cable");
        assertThat(error.getSuppressed()).isEmpty();
        assertThat(states()).endsWith(ScanState.RECONSTRUCTING, ScanState.FAILED);
        assertThat(only(ScanEvent.Failed.class).get(0).message()).isEqualTo(error.getMessage());
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);
        assertThat(FakeProvider.last.calls).endsWith("abort", "close");
        try (Archive again = Archive.open(home.resolve("archive"))) {
            ArchivedScan scan = again.studies().get(0).scans().get(0);
            assertThat(scan.state()).isEqualTo("FAILED");
            assertThat(scan.readouts()).isEqualTo(FakeScanner.BEFORE);
        }
    }

    @Test
    void anAbortedScanKeepsWhatWasAcquired() throws Exception {
        session.start(request("hang"));
        awaitDelivery();
        session.abort();
        ScanResult result = session.awaitEnd();
        close();
        assertThat(result.state()).isEqualTo(ScanState.ABORTED);
        assertThat(states()).endsWith(ScanState.RECONSTRUCTING, ScanState.ABORTED);
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);
        assertThat(result.notes()).anyMatch(n -> n.contains("5 of 16 readouts"));
        assertThat(only(ScanEvent.Finished.class)).hasSize(1);
    }

    @Test
    void anAbortWhilePreparingLeavesNothing() throws Exception {
        FakeProvider.gate = new CountDownLatch(1);
        session.start(request("slow"));
        assertThat(session.state()).isEqualTo(ScanState.PREPARING);
        session.abort();
        FakeProvider.gate.countDown();
        ScanException error = catchThrowableOfType(ScanException.class, session::awaitEnd);
        close();
        assertThat(error.kind()).isEqualTo(ScanException.Kind.ABORTED);
        assertThat(states()).containsExactly(ScanState.PREPARING, ScanState.ABORTED);
        assertThat(out).doesNotExist();
        assertThat(FakeProvider.last.calls).doesNotContain("run").endsWith("close");
    }

    @Test
    void aScannerThatFallsSilentIsStoppedByTheWatchdogAndWhatCameBeforeIsKept() throws Exception {
        try (ScanSession impatient = new ScanSession(archive, new StandardReconstruction(), 0.5, 1)) {
            ScanException error = catchThrowableOfType(ScanException.class, () -> impatient.scan(request("hang")));
            assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
            assertThat(error).hasMessageContaining("no readout for").hasMessageContaining("fake:hang");
            assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(FakeScanner.BEFORE);
        }
    }

    @Test
    void aScannerThatNeverSpeaksLeavesNoTrace() throws Exception {
        try (ScanSession impatient = new ScanSession(archive, new StandardReconstruction(), 0, 1)) {
            assertThatThrownBy(() -> impatient.scan(request("silent"))).hasMessageContaining("no readout for");
        }
        assertThat(out).doesNotExist();
        assertThat(archive.studies().get(0).scans()).isEmpty();
    }

    @Test
    void readoutsOfTheWrongLengthStopTheScan() {
        ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("mumble")));
        assertThat(error).hasMessageContaining("3 samples in readout 5 which has 32");
    }

    @Test
    void aScannerThatIsNotThereIsADeviceErrorAndLeavesNothing() {
        ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("absent")));
        assertThat(error.kind()).isEqualTo(ScanException.Kind.DEVICE);
        assertThat(error).hasMessageContaining("switch it on");
        assertThat(out).doesNotExist();
    }

    @Test
    void anUnsafeSequenceIsRefusedWithBlockAndLimitAndLeavesNothing() {
        Protocol strong = protocol().with("G", 1e8);
        ScanException error =
                catchThrowableOfType(ScanException.class, () -> session.scan(request("complete", strong)));
        assertThat(error.kind()).isEqualTo(ScanException.Kind.SAFETY);
        assertThat(error).hasMessageContaining("block").hasMessageContaining("gradient");
        assertThat(out).doesNotExist();
        assertThat(FakeProvider.last.calls).doesNotContain("run");
    }

    @Test
    void aParameterThatIsNotAllowedIsRefusedWithReasonAndWayOut() {
        Protocol fast = protocol().with("TR", 1e-3);
        ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("complete", fast)));
        assertThat(error.kind()).isEqualTo(ScanException.Kind.INPUT);
        assertThat(error).hasMessageContaining("TR must be ≥ 5 ms").hasMessageContaining("set TR to 5 ms");
    }

    @Test
    void resultsAreNotOverwrittenUnlessAskedFor() throws Exception {
        session.scan(request("complete"));
        byte[] before = Files.readAllBytes(out.resolve("report.json"));
        ScanException error = catchThrowableOfType(ScanException.class, () -> session.scan(request("complete")));
        assertThat(error.kind()).isEqualTo(ScanException.Kind.INPUT);
        assertThat(error).hasMessageContaining("--force").hasMessageContaining(out.toString());
        assertThat(Files.readAllBytes(out.resolve("report.json"))).isEqualTo(before);

        ScanRequest plain = request("complete");
        session.scan(
                new ScanRequest(plain.study(), plain.protocol(), null, "Again", 4, plain.device(), out, null, true));
        assertThat(Files.readAllBytes(out.resolve("report.json"))).isNotEqualTo(before);
        assertThat(names(out)).hasSize(6);
    }

    @Test
    void oneScanAtATime() throws Exception {
        session.start(request("hang"));
        awaitDelivery();
        assertThatThrownBy(() -> session.start(request("complete"))).isInstanceOf(IllegalStateException.class);
        session.abort();
        session.awaitEnd();
        assertThat(session.state().isBusy()).isFalse();
    }

    @Test
    void aListenerThatFailsDoesNotStopTheScanOrOtherListeners() throws Exception {
        session.subscribe(event -> {
            throw new IllegalStateException("broken listener");
        });
        session.subscribe(events::add);
        assertThat(session.scan(request("complete")).state()).isEqualTo(ScanState.DONE);
        close();
        assertThat(only(ScanEvent.Finished.class)).hasSize(2);
    }

    @Test
    void closingStopsTheScanAndKeepsItsData() throws Exception {
        session.start(request("hang"));
        awaitDelivery();
        session.close();
        assertThat(session.state()).isEqualTo(ScanState.ABORTED);
        assertThat(out.resolve("raw.h5")).exists();
    }

    @Test
    void aScanThatWasCutShortCanBeFinished() throws Exception {
        session.start(request("hang"));
        awaitDelivery();
        // What the disk would hold if the machine stopped now.
        Path cut = Files.createDirectory(home.resolve("cut"));
        awaitJournal(out.resolve(Journal.FILE_NAME));
        Files.copy(out.resolve(Journal.FILE_NAME), cut.resolve(Journal.FILE_NAME));
        Files.copy(out.resolve("sequence.seq"), cut.resolve("sequence.seq"));
        session.abort();
        ArchivedScan whole =
                archive.scan(session.awaitEnd().header().measurementId()).orElseThrow();
        archive.update(whole.id(), "SCANNING", 0);
        pretendOwnerDied(whole.id(), cut);
        assertThat(archive.interrupted()).hasSize(1);
        session.finish(archive.interrupted().get(0));
        ScanResult result = session.awaitEnd();
        assertThat(result.state()).isEqualTo(ScanState.ABORTED);
        assertThat(result.volumes()).hasSize(1);
        assertThat(names(cut))
                .containsExactlyInAnyOrder(
                        "dicom", "raw.h5", "sequence.seq", "images.h5", "preview.png", "report.json", "journal.mrdj");
        JsonNode report = new ObjectMapper().readTree(cut.resolve("report.json").toFile());
        assertThat(report.at("/sequence/parameters/TR").asDouble()).isEqualTo(5e-3);
        assertThat(report.at("/acquisition/readouts").asInt()).isEqualTo(FakeScanner.BEFORE);
        assertThat(archive.scan(whole.id()).orElseThrow().state()).isEqualTo("ABORTED");
        assertThat(archive.series(whole.id()).get(0).number()).isEqualTo(3);
    }

    @Test
    void aScanThatNeedsMoreThanTheDiskHasIsRefusedWithBothFigures() {
        ScanException error = catchThrowableOfType(
                ScanException.class, () -> ScanDirectory.forNewScan(out, false).requireSpace(4_000_000_000_000_000L));
        assertThat(error).hasMessageMatching(".*needs 4000000\\.0 GB, [0-9.]+ [GM]B free at .*out.*");
    }

    /** Both the fifth readout and its record. */
    private void awaitDelivery() throws InterruptedException {
        FakeProvider.awaitDelivery(session);
    }

    private void awaitJournal(Path journal) throws Exception {
        while (JournalReader.read(journal).raw().size() < FakeScanner.BEFORE) {
            letOthersRun();
        }
    }

    private void pretendOwnerDied(String scanId, Path directory) throws Exception {
        try (Connection other = DriverManager.getConnection(
                        "jdbc:sqlite:" + archive.folder().resolve("archive.db"));
                PreparedStatement update = other.prepareStatement(
                        "UPDATE scan SET owner_start = '2001-01-01T00:00:00Z', directory = ? WHERE id = ?")) {
            update.setString(1, directory.toString());
            update.setString(2, scanId);
            update.executeUpdate();
        }
    }

    private ScanRequest request(String behaviour) {
        return request(behaviour, protocol());
    }

    private ScanRequest request(String behaviour, Protocol protocol) {
        return new ScanRequest(
                Examples.study("1.2.3"), protocol, null, "Test images", 3, URI.create("fake:" + behaviour), out);
    }

    private static Protocol protocol() {
        return Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null));
    }

    private List<ScanState> states() {
        return only(ScanEvent.StateChanged.class).stream()
                .map(ScanEvent.StateChanged::state)
                .toList();
    }

    private <T> List<T> only(Class<T> type) {
        synchronized (events) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }
    }

    private static List<String> names(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).toList();
        }
    }

    private static void letOthersRun() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the awaited did not come");
        }
        Thread.yield();
    }
}
