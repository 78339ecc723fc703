package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.data.VR;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.Study;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedFile;
import org.isocenter.session.archive.ArchivedSeries;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.archive.OutboxStore;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;
import org.isocenter.session.outbox.TestImages;
import org.isocenter.testing.Orders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Performed steps and commitment against an independent peer that checks the types of all attributes. */
class HospitalScpTest {
    private static final String STEP = "1.2.3.77";

    @TempDir
    Path home;

    private Archive archive;
    private Study study;

    @BeforeEach
    void open() {
        archive = Archive.open(home);
        Study visit = Examples.study("1.2.3").withOrder(Orders.knee("1.2.3"));
        study = visit.withPerformed(new PerformedStep(STEP, "PPS1", visit.start(), "T2 axial"));
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private static Destination destination(int port) {
        return new Destination.Dimse(
                "HIS",
                "HOSPITAL",
                "127.0.0.1",
                port,
                Optional.empty(),
                Set.of(Service.MPPS, Service.STORE, Service.COMMITMENT),
                false);
    }

    /** What the outbox would do: each row in turn, until one is refused or fails. */
    private Map<OutboxKind, OutboxOutcome> deliver(int port, Delivery delivery) {
        Destination destination = destination(port);
        DicomSettings settings = new DicomSettings("ISOCENTER", Optional.empty(), List.of(destination));
        Map<OutboxKind, OutboxOutcome> outcomes = new LinkedHashMap<>();
        OutboxStore store = archive.outbox();
        while (true) {
            Instant now = Instant.now();
            List<OutboxRow> rows = store.claim("HIS", 10, now);
            if (rows.isEmpty()) {
                return outcomes;
            }
            List<OutboxStore.Settled> settled = new ArrayList<>();
            delivery.deliver(new Batch(destination, settings, rows, (row, outcome) -> {
                outcomes.put(row.kind(), outcome);
                settled.add(new OutboxStore.Settled(row.number(), outcome, now.plusSeconds(3600)));
            }));
            store.settle(settled);
        }
    }

    private PerformedStepReports reports(int port) {
        DicomSettings settings = new DicomSettings("ISOCENTER", Optional.empty(), List.of(destination(port)));
        return new PerformedStepReports(archive, () -> settings, () -> {});
    }

    private void scan(String id, String seriesUid) throws Exception {
        archive.begin(Examples.header(id, study, 64, 32), home.resolve(id), 32, "SCANNING");
        end(id, seriesUid, "DONE");
    }

    private void end(String id, String seriesUid, String state) throws Exception {
        Attributes image = new Attributes();
        image.setString(Tag.SOPClassUID, UID.MRImageStorage);
        image.setString(Tag.SOPInstanceUID, seriesUid + ".1");
        image.setString(Tag.SeriesInstanceUID, seriesUid);
        image.setBytes(Tag.PixelData, VR.OW, new byte[2]);
        Files.createDirectories(home.resolve(id));
        DicomWriter.write(home.resolve(id).resolve("1.dcm"), image);
        archive.complete(
                id,
                state,
                32,
                List.of(new ArchivedSeries(seriesUid, 1, "T2", 1)),
                List.of(new ArchivedFile("1.dcm", 1, "ab")));
    }

    @Test
    void aVisitIsToldOfWithAllThatTheStandardAsks() throws Exception {
        try (HospitalScp hospital = HospitalScp.start(home, "ok", 0);
                PerformedStepReports reports = reports(hospital.port())) {
            scan("a", "1.2.3.1");
            reports.update();
            scan("b", "1.2.3.2");
            reports.update();
            reports.end(STEP);
            assertThat(deliver(hospital.port(), new PerformedStepDelivery()).values())
                    .as(hospital.messages().toString())
                    .containsOnly(OutboxOutcome.SENT);
            List<JsonNode> messages = hospital.messages();
            assertThat(messages)
                    .allSatisfy(message -> assertThat(message.path("faults")).isEmpty());
            assertThat(messages)
                    .extracting(message -> message.path("message").asText() + " "
                            + message.path("status").asText())
                    .containsExactly("N-CREATE IN PROGRESS", "N-SET ", "N-SET ", "N-SET COMPLETED");
            JsonNode create = messages.get(0);
            assertThat(create.path("uid").asText()).isEqualTo(STEP);
            assertThat(create.path("name").asText()).isEqualTo(study.patient().name());
            assertThat(create.path("patient").asText()).isEqualTo("P42");
            assertThat(create.path("study").asText()).isEqualTo("1.2.3");
            assertThat(create.path("accession").asText()).isEqualTo("ACC-0042");
            assertThat(create.path("scheduled").asText()).isEqualTo("SPS1");
            assertThat(messages.get(3).path("series").toString())
                    .isEqualTo("[[\"1.2.3.1\",[\"1.2.3.1.1\"]],[\"1.2.3.2\",[\"1.2.3.2.1\"]]]");
        }
    }

    /** Stopped in the midst of its second scan, after a first one that a killed program had left to be recovered. */
    @Test
    void aVisitThatWasCutShortRecoveredAndStoppedIsToldOfWithAllThatTheStandardAsks() throws Exception {
        study = study.withOrders(List.of(Orders.knee("1.2.3"), Orders.kneeAgain("1.2.3")));
        try (HospitalScp hospital = HospitalScp.start(home, "ok", 0);
                PerformedStepReports reports = reports(hospital.port())) {
            archive.begin(Examples.header("a", study, 64, 32), home.resolve("a"), 32, "SCANNING");
            try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + home.resolve("archive.db"));
                    Statement statement = other.createStatement()) {
                statement.executeUpdate("UPDATE scan SET owner_start = 'another'");
            }
            reports.update();
            end("a", "1.2.3.1", "DONE");
            reports.update();
            archive.begin(Examples.header("b", study, 64, 32), home.resolve("b"), 32, "SCANNING");
            reports.update();
            end("b", "1.2.3.2", "ABORTED");
            reports.breakOff(STEP, DiscontinuationReason.CONDITION);
            deliver(hospital.port(), new PerformedStepDelivery());
            List<JsonNode> messages = hospital.messages();
            assertThat(messages)
                    .allSatisfy(message -> assertThat(message.path("faults")).isEmpty());
            assertThat(messages)
                    .extracting(message -> message.path("message").asText() + " "
                            + message.path("status").asText())
                    .containsExactly("N-CREATE IN PROGRESS", "N-SET ", "N-SET DISCONTINUED");
            assertThat(messages.get(0).path("steps").toString()).isEqualTo("[\"SPS1\",\"SPS2\"]");
            assertThat(messages.get(2).path("reason").toString()).isEqualTo("[\"110515\"]");
            assertThat(messages.get(2).path("series").toString())
                    .isEqualTo("[[\"1.2.3.1\",[\"1.2.3.1.1\"]],[\"1.2.3.2\",[\"1.2.3.2.1\"]]]");
        }
    }

    @Test
    void anUnscheduledVisitThatWasBrokenOffIsToldOfToo() throws Exception {
        study = Examples.study("1.2.3").withPerformed(study.performed());
        try (HospitalScp hospital = HospitalScp.start(home, "ok", 0);
                PerformedStepReports reports = reports(hospital.port())) {
            archive.begin(Examples.header("a", study, 64, 32), home, 32, "SCANNING");
            archive.forget("a");
            reports.breakOff(STEP, DiscontinuationReason.REFUSED);
            deliver(hospital.port(), new PerformedStepDelivery());
            List<JsonNode> messages = hospital.messages();
            assertThat(messages)
                    .allSatisfy(message -> assertThat(message.path("faults")).isEmpty());
            assertThat(messages.get(1).path("status").asText()).isEqualTo("DISCONTINUED");
            assertThat(messages.get(1).path("reason").toString()).isEqualTo("[\"110505\"]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refuse:0110, TEMPORARY, 0x0110 Processing failure",
        "refuse:0106, PERMANENT, 0x0106 Invalid attribute value",
        "refuse:0111, SENT, ''",
        "refuse:0213, TEMPORARY, 0x0213 Resource limitation",
        "abort, UNANSWERED, abort"
    })
    void aHospitalThatRefusesOrAbortsLeavesItsReason(String mode, OutboxOutcome.Kind kind, String words)
            throws Exception {
        try (HospitalScp hospital = HospitalScp.start(home, mode, 0);
                PerformedStepReports reports = reports(hospital.port())) {
            archive.begin(Examples.header("a", study, 64, 32), home, 32, "SCANNING");
            reports.update();
            OutboxOutcome outcome =
                    deliver(hospital.port(), new PerformedStepDelivery()).get(OutboxKind.PERFORMED_STEP_CREATE);
            assertThat(outcome.kind()).isEqualTo(kind);
            assertThat(outcome.reason()).contains(words);
            if (kind != OutboxOutcome.Kind.SENT) {
                assertThat(archive.outbox().open().get(0).reason()).contains(words);
            }
        }
    }

    @Test
    void aStepThatTheHospitalHasClosedIsNotTriedForEver() throws Exception {
        try (HospitalScp hospital = HospitalScp.start(home, "ok", 0);
                PerformedStepReports reports = reports(hospital.port())) {
            scan("a", "1.2.3.1");
            reports.end(STEP);
            deliver(hospital.port(), new PerformedStepDelivery());
            byte[] again = new byte[0];
            archive.outbox()
                    .add(List.of(
                            OutboxEntry.message("HIS", OutboxKind.PERFORMED_STEP_SET, STEP, again, Optional.empty())));
            OutboxOutcome outcome =
                    deliver(hospital.port(), new PerformedStepDelivery()).get(OutboxKind.PERFORMED_STEP_SET);
            assertThat(outcome.kind()).isEqualTo(OutboxOutcome.Kind.PERMANENT);
            assertThat(outcome.reason()).contains("0x0110");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit-same", "commit-new", "commit-fail"})
    void anArchiveAnswersForImagesOnEitherAssociation(String mode) throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        CommitmentAnswers answers = new CommitmentAnswers(
                archive.outbox(),
                () -> new DicomSettings("ISOCENTER", Optional.empty(), List.of(destination(104))),
                answered::countDown);
        int anyPort = 0;
        try (DicomListener listener = DicomListener.open(
                        ListenerSettings.of(anyPort, List.of(Peer.of("HOSPITAL", "127.0.0.1", 1))),
                        NetSettings.of("ISOCENTER").withTimeouts(Duration.ofSeconds(10)),
                        new CommitmentHandler(answers).addTo(Services.NONE));
                HospitalScp hospital = HospitalScp.start(home, mode, listener.port())) {
            Path file = home.resolve("1.dcm");
            OutboxStore store = archive.outbox();
            store.add(List.of(
                    OutboxEntry.instance("HIS", UID.MRImageStorage, "1.2.3.1.1", file, true),
                    OutboxEntry.instance("HIS", UID.MRImageStorage, "1.2.3.1.2", file, true)));
            Instant now = Instant.now();
            store.settle(store.claim("HIS", 10, now).stream()
                    .map(row -> new OutboxStore.Settled(row.number(), OutboxOutcome.SENT, now))
                    .toList());
            store.askCommitment("HIS", UID::create);
            deliver(hospital.port(), new CommitmentDelivery(store, answers));
            assertThat(answered.await(20, TimeUnit.SECONDS)).isTrue();
            List<JsonNode> messages = hospital.messages();
            assertThat(messages.get(0).path("faults")).isEmpty();
            assertThat(messages.get(0).path("objects").toString()).isEqualTo("[\"1.2.3.1.1\",\"1.2.3.1.2\"]");
            List<OutboxRow> instances = store.newest(10).stream()
                    .filter(row -> row.kind() == OutboxKind.INSTANCE)
                    .toList();
            boolean refused = mode.equals("commit-fail");
            assertThat(instances).hasSize(2).allSatisfy(row -> {
                assertThat(row.state()).isEqualTo(refused ? OutboxState.FAILED : OutboxState.COMMITTED);
                assertThat(row.reason()).contains(refused ? "does not have the image" : "");
            });
        }
    }

    /** The whole way of a console's program: it stores, asks, and hears the answer. Where it does not listen nobody can call it. */
    @ParameterizedTest
    @CsvSource({"commit-same, false", "commit-new, true"})
    void imagesThatAProgramSendsAreAskedAboutAndPromised(String mode, boolean listens) throws Exception {
        Optional<DicomSettings.Listening> listening =
                listens ? Optional.of(new DicomSettings.Listening(0, Optional.empty())) : Optional.empty();
        AtomicReference<DicomSettings> settings =
                new AtomicReference<>(new DicomSettings("ISOCENTER", listening, List.of(destination(104))));
        try (Hospital hospital = new Hospital(archive, settings::get)) {
            int ourPort = hospital.listen().orElse(0);
            try (HospitalScp scp = HospitalScp.start(home, mode, ourPort)) {
                settings.set(new DicomSettings("ISOCENTER", listening, List.of(destination(scp.port()))));
                List<Long> images = archive.outbox().add(List.of(image(1), image(2)));
                hospital.outbox().start();
                while (!archive.outbox().open().isEmpty()) {
                    assertThat(archive.outbox().counts().failed())
                            .as(scp.messages().toString())
                            .isZero();
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                assertThat(archive.outbox().find(images))
                        .extracting(OutboxRow::state)
                        .containsOnly(OutboxState.COMMITTED);
                assertThat(scp.messages())
                        .allSatisfy(
                                message -> assertThat(message.path("faults")).isEmpty())
                        .extracting(message -> message.path("message").asText())
                        .startsWith("C-STORE", "C-STORE", "N-ACTION");
            }
        }
    }

    private OutboxEntry image(int number) throws IOException {
        Path file = TestImages.entry("HIS", home, number).file().orElseThrow();
        return OutboxEntry.instance("HIS", UID.MRImageStorage, TestImages.uid(number), file, true);
    }
}
