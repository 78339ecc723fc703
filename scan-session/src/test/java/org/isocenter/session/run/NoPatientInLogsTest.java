package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseHandler;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.DiscontinuationReason;
import org.isocenter.dicom.workflow.StudyQuery;
import org.isocenter.dicom.workflow.WorklistQuery;
import org.isocenter.model.Patient;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.Protocol;
import org.isocenter.model.Study;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.ArchiveSearch;
import org.isocenter.session.hospital.Hospital;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.hospital.WorklistSearch;
import org.isocenter.session.outbox.Exports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Everything that is logged, at every level, from a scan to its images at a destination that refuses some at first. */
@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class NoPatientInLogsTest {
    private static final List<String> SECRETS = List.of(
            "zebulon",
            "quillfeather",
            "px-778812",
            "1953-04-17",
            "19530417",
            "acc-99117",
            "vanderhoek",
            "kneeling giraffe");

    @TempDir
    Path home;

    private final Queue<ILoggingEvent> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            event.getFormattedMessage();
            logged.add(event);
        }
    };
    private Logger root;
    private Level before;

    @BeforeEach
    void listen() {
        root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        before = root.getLevel();
        root.setLevel(Level.TRACE);
        appender.setContext(root.getLoggerContext());
        appender.start();
        root.addAppender(appender);
    }

    @AfterEach
    void stopListening() {
        root.detachAppender(appender);
        root.setLevel(before);
    }

    private static Study study() {
        return new Study(
                UID.create(),
                "PX-778812",
                "ACC-99117",
                "Kneeling giraffe",
                "Vanderhoek^Ada",
                UID.create(),
                OffsetDateTime.parse("2026-03-04T10:11:12+01:00"),
                new Patient("Quillfeather^Zebulon", "PX-778812", LocalDate.of(1953, 4, 17), "M", 81.5),
                PatientPosition.HFS,
                "HEAD",
                false);
    }

    /** The first image is refused for now, the second for good, with the patient in the comment; later ones are taken. */
    private static DimseHandler moody() {
        AtomicInteger asked = new AtomicInteger();
        return request -> {
            Attributes image = request.dataset();
            String comment = image.getString(Tag.PatientName) + " " + image.getString(Tag.PatientID);
            return DimseResponse.of(
                    switch (asked.getAndIncrement()) {
                        case 0 -> DimseStatus.of(Operation.C_STORE, 0xA700).with(comment, List.of(Tag.PatientName));
                        case 1 -> DimseStatus.of(Operation.C_STORE, 0xA900).with(comment, List.of(Tag.PatientID));
                        case 2 -> throw new IllegalStateException(comment);
                        default -> DimseStatus.success();
                    });
        };
    }

    @Test
    void aScanItsExportItsFailuresAndItsRetriesSayNothingOfThePatient() throws Exception {
        try (DicomListener pacs = DicomListener.open(
                        ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                        NetSettings.of("PACS"),
                        Services.NONE.with(Operation.C_STORE, UID.MRImageStorage, moody()));
                Archive archive = Archive.open(home)) {
            DicomSettings settings = new DicomSettings(
                    "MR", Optional.empty(), List.of(destination("pacs", pacs.port()), destination("nobody", 1)));
            settings.write(home);
            try (ScanSession session = new ScanSession(archive);
                    Hospital hospital = new Hospital(archive, () -> DicomSettings.read(home))) {
                Path directory = archive.newScanDirectory(study());
                Protocol protocol = Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null));
                String scan = session.scan(new ScanRequest(
                                        study(), protocol, null, "Test", 1, URI.create("fake:complete"), directory)
                                .withExports(Exports.to(settings.destinations())))
                        .header()
                        .measurementId();
                hospital.outbox().start();
                for (int failures = 1; failures <= 3; failures++) {
                    List<OutboxRow> rows =
                            await(archive, scan, row -> row.attempts() > 0 || row.state() == OutboxState.FAILED);
                    assertThat(rows)
                            .hasSize(2)
                            .allSatisfy(row -> assertThat(row.reason()).isNotEmpty());
                    archive.outbox().retry(rows.stream().map(OutboxRow::number).toList());
                    hospital.outbox().wake();
                }
                await(
                        archive,
                        scan,
                        row -> row.state() == OutboxState.SENT
                                || row.destination().equals("nobody") && row.attempts() > 0);
            }
            assertNothingOfThePatientIsInANameOf(home);
        }
        assertThat(logged).as("the log of the scan and of its export").hasSizeGreaterThan(5);
        assertThat(logged).allSatisfy(event -> assertThat(text(event)).doesNotContain(SECRETS));
    }

    /** Web services and the hospital's system all fail, and name the patient when they say why. */
    @Test
    void whatTheHospitalIsToldAndAskedOverTheWebSaysNothingOfThePatientEither() throws Exception {
        String gossip = "no room for Quillfeather^Zebulon, PX-778812, born 19530417";
        HttpServer web = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        web.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            byte[] reply = gossip.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(exchange.getRequestURI().getPath().contains("fhir") ? 400 : 500, reply.length);
            exchange.getResponseBody().write(reply);
            exchange.close();
        });
        web.start();
        DimseHandler refusing = request -> DimseResponse.of(
                DimseStatus.of(request.operation(), 0x0106).with(gossip.substring(0, 40), List.of(Tag.PatientName)));
        String url = "http://localhost:" + web.getAddress().getPort();
        try (DicomListener his = DicomListener.open(
                        ListenerSettings.of(0, List.of(Peer.of("MR", "127.0.0.1", 104))),
                        NetSettings.of("PACS"),
                        Services.NONE
                                .with(Operation.N_CREATE, UID.ModalityPerformedProcedureStep, refusing)
                                .with(Operation.C_FIND, UID.ModalityWorklistFind, refusing));
                Archive archive = Archive.open(home)) {
            Destination images = webDestination("images", Destination.WebKind.DICOMWEB, url + "/dicom-web");
            Destination records = webDestination("records", Destination.WebKind.FHIR, url + "/fhir");
            Destination system = new Destination.Dimse(
                    "his",
                    "PACS",
                    "127.0.0.1",
                    his.port(),
                    Optional.empty(),
                    Set.of(Service.MPPS, Service.WORKLIST),
                    false);
            DicomSettings settings = new DicomSettings("MR", Optional.empty(), List.of(images, records, system));
            settings.write(home);
            Study visit = PerformedStepReports.asVisit(study());
            try (ScanSession session = new ScanSession(archive);
                    Hospital hospital = new Hospital(archive, () -> settings);
                    PerformedStepReports reports =
                            new PerformedStepReports(archive, () -> settings, hospital.outbox()::wake)) {
                reports.listenTo(session);
                Protocol protocol = Protocol.defaults("Readouts", "readouts", new TestSequence().parameters(null));
                String scan = session.scan(new ScanRequest(
                                        visit,
                                        protocol,
                                        null,
                                        "Test",
                                        1,
                                        URI.create("fake:complete"),
                                        archive.newScanDirectory(visit))
                                .withExports(Exports.to(List.of(images, records))))
                        .header()
                        .measurementId();
                reports.breakOff(visit.performed().instanceUid(), DiscontinuationReason.REFUSED);
                hospital.outbox().start();
                assertThat(await(archive, scan, row -> !row.reason().isEmpty())).hasSize(2);
                while (archive.outbox().open().stream()
                        .noneMatch(row ->
                                row.state() == OutboxState.FAILED && row.kind() == OutboxKind.PERFORMED_STEP_CREATE)) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                WorklistQuery query =
                        new WorklistQuery("", null, null, "", "Quillfeather*", "PX-778812", "ACC-99117", "");
                WorklistSearch.ask(system, settings, query, abort -> {});
                assertThat(catchThrowable(() -> WorklistSearch.ask(records, settings, query, abort -> {})))
                        .isNotNull();
                assertThat(catchThrowable(
                                () -> ArchiveSearch.studies(images, settings, StudyQuery.ofPatient("PX-778812"))))
                        .isNotNull();
            }
            assertNothingOfThePatientIsInANameOf(home);
        } finally {
            web.stop(0);
        }
        assertThat(logged).as("the log of failures").hasSizeGreaterThan(5);
        assertThat(logged).allSatisfy(event -> assertThat(text(event)).doesNotContain(SECRETS));
    }

    private static Destination webDestination(String name, Destination.WebKind kind, String url) {
        return new Destination.Web(
                name, kind, URI.create(url), Optional.empty(), Optional.empty(), Set.of(Service.STORE), false);
    }

    private static Destination destination(String name, int port) {
        return new Destination.Dimse(name, "PACS", "127.0.0.1", port, Optional.empty(), Set.of(Service.STORE), false);
    }

    private static List<OutboxRow> await(Archive archive, String scan, Predicate<OutboxRow> each)
            throws InterruptedException {
        while (true) {
            List<OutboxRow> rows = archive.outbox().ofScan(scan);
            if (rows.stream().allMatch(each)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static void assertNothingOfThePatientIsInANameOf(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.map(path -> folder.relativize(path).toString().toLowerCase(Locale.ROOT)))
                    .allSatisfy(name -> assertThat(name).doesNotContain(SECRETS));
        }
    }

    /** The line and everything that a pattern may print of it. */
    private static String text(ILoggingEvent event) {
        List<String> parts = new ArrayList<>(List.of(
                event.getLoggerName(),
                event.getThreadName(),
                event.getFormattedMessage(),
                event.getMDCPropertyMap().toString()));
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            parts.add(cause.getClassName() + " " + cause.getMessage());
            for (IThrowableProxy suppressed : cause.getSuppressed()) {
                parts.add(suppressed.getClassName() + " " + suppressed.getMessage());
            }
        }
        return String.join("\n", parts).toLowerCase(Locale.ROOT);
    }
}
