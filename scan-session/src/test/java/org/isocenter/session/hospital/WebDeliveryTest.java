package org.isocenter.session.hospital;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedFile;
import org.isocenter.session.archive.ArchivedInstance;
import org.isocenter.session.archive.OutboxKind;
import org.isocenter.session.archive.OutboxOutcome;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.ScanExport;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.outbox.Batch;
import org.isocenter.session.outbox.Delivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the outbox's rows for web services become, against a server of the test's own. */
class WebDeliveryTest {
    private static final String STUDY = "1.2.3";

    @TempDir
    private Path folder;

    private HttpServer server;
    private Archive archive;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
    private int status = 200;
    private String told = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        archive = Archive.open(folder);
    }

    @AfterEach
    void stop() {
        server.stop(0);
        archive.close();
    }

    /** Takes all images, and knows the one patient of the examples. */
    private void answer(HttpExchange exchange) throws IOException {
        requests.add(
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (exchange.getRequestURI().getPath().equals("/fhir/ImagingStudy")
                && exchange.getRequestMethod().equals("POST")) {
            posted.add(new ObjectMapper().readTree(body));
        }
        boolean patient = exchange.getRequestURI().getPath().equals("/fhir/Patient");
        byte[] reply = ("{\"resourceType\":\"Bundle\",\"entry\":["
                        + (patient
                                ? "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p\",\"identifier\":[{\"value\":\"P42\"}]}}"
                                : "")
                        + "]}")
                .getBytes(StandardCharsets.UTF_8);
        if (!told.isEmpty()) {
            reply = told.getBytes(StandardCharsets.UTF_8);
        }
        exchange.getResponseHeaders().add("Retry-After", "120");
        exchange.sendResponseHeaders(status, reply.length);
        exchange.getResponseBody().write(reply);
        exchange.close();
    }

    private Destination.Web destination(String name, Destination.WebKind kind) {
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/"
                + (kind == Destination.WebKind.FHIR ? "fhir" : "web"));
        return new Destination.Web(name, kind, url, Optional.empty(), Optional.empty(), Set.of(Service.STORE), false);
    }

    /** A scan with two images that goes to both, and has ended. */
    private void scan(Destination... destinations) throws IOException {
        List<ScanExport> exports = List.of(
                new ScanExport(destinations[0].name(), OutboxKind.INSTANCE, false),
                new ScanExport(destinations[1].name(), OutboxKind.IMAGING_STUDY, false));
        archive.begin(Examples.header("scan-1", Examples.study(STUDY), 64, 32), folder, 32, "SCANNING", exports);
        Files.createDirectories(folder.resolve("dicom"));
        for (int number = 1; number <= 2; number++) {
            DicomWriter.write(folder.resolve("dicom/" + number + ".dcm"), image(number));
        }
        archive.complete(
                "scan-1",
                "DONE",
                32,
                List.of(),
                List.of(new ArchivedFile("dicom/1.dcm", 1, "00"), new ArchivedFile("dicom/2.dcm", 1, "00")),
                List.of(
                        new ArchivedInstance("dicom/1.dcm", UID.MRImageStorage, "1.2.3.9.1"),
                        new ArchivedInstance("dicom/2.dcm", UID.MRImageStorage, "1.2.3.9.2")));
    }

    private static Attributes image(int number) {
        Attributes image = new Attributes();
        image.setString(Tag.SOPClassUID, UID.MRImageStorage);
        image.setString(Tag.SOPInstanceUID, "1.2.3.9." + number);
        image.setString(Tag.Modality, "MR");
        image.setString(Tag.PatientID, "P42");
        image.setString(Tag.StudyInstanceUID, STUDY);
        image.setString(Tag.SeriesInstanceUID, "1.2.3.9");
        image.setInt(Tag.InstanceNumber, number);
        return image;
    }

    private Map<OutboxRow, OutboxOutcome> deliver(Delivery delivery, Destination destination, Destination... others) {
        List<OutboxRow> rows = archive.outbox().ofScan("scan-1").stream()
                .filter(row -> row.destination().equals(destination.name()))
                .toList();
        assertThat(rows).isNotEmpty().allMatch(row -> delivery.takes(row.kind(), destination));
        Map<OutboxRow, OutboxOutcome> outcomes = new LinkedHashMap<>();
        DicomSettings settings = new DicomSettings("ISOCENTER", Optional.empty(), List.of(others));
        delivery.deliver(new Batch(destination, settings, rows, outcomes::put));
        return outcomes;
    }

    @Test
    void imagesAreStoredTogetherAndEachIsToldOf() throws IOException {
        Destination images = destination("images", Destination.WebKind.DICOMWEB);
        scan(images, destination("records", Destination.WebKind.FHIR));
        assertThat(deliver(new WebStoreDelivery(), images).values())
                .containsExactly(OutboxOutcome.SENT, OutboxOutcome.SENT);
        assertThat(requests).containsExactly("POST /web/studies");
    }

    @Test
    void aBusyServerIsTriedAgainAndOneThatForbidsIsNot() throws IOException {
        Destination images = destination("images", Destination.WebKind.DICOMWEB);
        scan(images, destination("records", Destination.WebKind.FHIR));
        status = 503;
        assertThat(deliver(new WebStoreDelivery(), images).values())
                .hasSize(2)
                .allMatch(outcome -> outcome.kind() == OutboxOutcome.Kind.TEMPORARY
                        && outcome.pause().equals(Duration.ofSeconds(120)));
        status = 403;
        assertThat(deliver(new WebStoreDelivery(), images).values())
                .hasSize(2)
                .allMatch(outcome -> outcome.kind() == OutboxOutcome.Kind.PERMANENT);
    }

    @Test
    void ofImagesOfWhichOneIsRefusedEachHasItsOwnOutcome() throws IOException {
        Destination images = destination("images", Destination.WebKind.DICOMWEB);
        scan(images, destination("records", Destination.WebKind.FHIR));
        status = 202;
        told = "[{\"00081198\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2.3.9.1\"]},"
                + "\"00081197\":{\"vr\":\"US\",\"Value\":[43264]}}]},"
                + "\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2.3.9.2\"]}}]}}]";
        Map<String, OutboxOutcome> outcomes = new LinkedHashMap<>();
        deliver(new WebStoreDelivery(), images).forEach((row, outcome) -> outcomes.put(row.subjectUid(), outcome));
        assertThat(outcomes.get("1.2.3.9.1").kind()).isEqualTo(OutboxOutcome.Kind.PERMANENT);
        assertThat(outcomes.get("1.2.3.9.1").reason()).contains("A900");
        assertThat(outcomes.get("1.2.3.9.2")).isEqualTo(OutboxOutcome.SENT);
    }

    @Test
    void aServerThatHasYetToSayWhatBecameOfAnImageIsLeftAloneAsLongAsItAsks() throws IOException {
        Destination images = destination("images", Destination.WebKind.DICOMWEB);
        scan(images, destination("records", Destination.WebKind.FHIR));
        status = 202;
        assertThat(deliver(new WebStoreDelivery(), images).values())
                .hasSize(2)
                .allMatch(outcome -> outcome.kind() == OutboxOutcome.Kind.TEMPORARY
                        && outcome.pause().equals(Duration.ofSeconds(120)));
    }

    @Test
    void aFileThatHoldsSomethingElseByNowIsNotSent() throws IOException {
        Destination images = destination("images", Destination.WebKind.DICOMWEB);
        scan(images, destination("records", Destination.WebKind.FHIR));
        DicomWriter.write(folder.resolve("dicom/1.dcm"), image(7));
        assertThat(deliver(new WebStoreDelivery(), images).values())
                .extracting(OutboxOutcome::kind)
                .containsExactly(OutboxOutcome.Kind.PERMANENT, OutboxOutcome.Kind.SENT);
    }

    @Test
    void theStudyIsToldOfWithTheServiceThatHasItsImages() throws IOException {
        Destination images = destination("images", Destination.WebKind.DICOMWEB);
        Destination records = destination("records", Destination.WebKind.FHIR);
        scan(images, records);
        assertThat(deliver(new ImagingStudyDelivery(archive), records, images, records)
                        .values())
                .containsExactly(OutboxOutcome.SENT);
        assertThat(posted).singleElement().satisfies(study -> {
            assertThat(study.at("/subject/reference").asText()).isEqualTo("Patient/p");
            assertThat(study.path("numberOfInstances").asInt()).isEqualTo(2);
            assertThat(study.at("/contained/0/address").asText()).isEqualTo(images.address());
        });
    }
}
