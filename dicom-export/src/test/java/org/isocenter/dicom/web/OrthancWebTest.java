package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.ReceivedObjects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores in, finds in and fetches from Orthanc, with HTTP basic authentication. */
class OrthancWebTest {
    @TempDir
    private static Path folder;

    private static OrthancServer server;
    private static Path credentials;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = OrthancServer.start(
                folder.resolve("orthanc"),
                "http",
                "\"AuthenticationEnabled\":true,\"RegisteredUsers\":{\"console\":\"secret\"},");
        credentials =
                Files.writeString(folder.resolve("credentials"), "{\"user\":\"console\",\"password\":\"secret\"}");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
        }
    }

    private static DicomWebClient client() throws IOException {
        return new DicomWebClient(WebExamples.settings(server.base(), Optional.of(credentials)));
    }

    private static List<StoreOutcome> store(List<Path> files) throws IOException {
        List<StoreOutcome> outcomes = new ArrayList<>();
        client().store(files, outcomes::add);
        return outcomes;
    }

    @Test
    void whatIsStoredIsFoundAndComesBackAsItWas(@TempDir Path sent) throws IOException {
        String study = UID.create();
        List<StoreOutcome> outcomes = store(WebExamples.files(sent, study, 5));
        assertThat(outcomes).hasSize(5).allMatch(outcome -> outcome.kind() == StoreOutcome.Kind.STORED);

        List<Attributes> fetched = new ArrayList<>();
        client().retrieve(
                        DicomPath.study(study),
                        in -> fetched.add(
                                DicomReader.read("fetched", in.readAllBytes()).dataset()));
        assertThat(fetched)
                .containsExactlyInAnyOrder(
                        WebExamples.image(study, 1),
                        WebExamples.image(study, 2),
                        WebExamples.image(study, 3),
                        WebExamples.image(study, 4),
                        WebExamples.image(study, 5));
    }

    @Test
    void aFetchedStudyIsKeptAsFiles(@TempDir Path sent, @TempDir Path got) throws IOException {
        String study = UID.create();
        store(WebExamples.files(sent, study, 3));
        List<ReceivedObjects.Outcome> outcomes = new ArrayList<>();
        client().retrieve(DicomPath.study(study), new ObjectFolder(got, received -> outcomes.add(received.outcome())));
        client().retrieve(DicomPath.study(study), new ObjectFolder(got, received -> outcomes.add(received.outcome())));
        assertThat(outcomes)
                .containsExactly(
                        ReceivedObjects.Outcome.NEW,
                        ReceivedObjects.Outcome.NEW,
                        ReceivedObjects.Outcome.NEW,
                        ReceivedObjects.Outcome.SAME,
                        ReceivedObjects.Outcome.SAME,
                        ReceivedObjects.Outcome.SAME);
        try (var files = Files.list(got)) {
            assertThat(files).hasSize(3);
        }
        assertThat(DicomReader.read(got.resolve(study + ".1.2.dcm")).dataset()).isEqualTo(WebExamples.image(study, 2));
    }

    @Test
    void studiesSeriesAndInstancesAreFoundPageByPage(@TempDir Path sent) throws IOException {
        String study = UID.create();
        store(WebExamples.files(sent, study, 7));
        Attributes keys = new Attributes();
        keys.setString(Tag.StudyInstanceUID, study);
        Found studies = client().search(QueryLevel.STUDY, null, keys, List.of(Tag.StudyDescription), 10);
        assertThat(studies.matches()).hasSize(1);
        assertThat(studies.matches().get(0).getString(Tag.PatientName)).isEqualTo(WebExamples.NAME);
        assertThat(studies.matches().get(0).getString(Tag.StudyDescription)).isEqualTo("Голова");
        assertThat(studies.complete()).isTrue();

        Found series = client().search(QueryLevel.SERIES, DicomPath.study(study), new Attributes(), List.of(), 10);
        assertThat(series.matches()).hasSize(1);
        WebConnection connection = new WebConnection(WebExamples.settings(server.base(), Optional.of(credentials)));
        Found instances = new StudySearch(connection, 3, 100)
                .run(QueryLevel.INSTANCE, DicomPath.study(study), new Attributes(), List.of());
        assertThat(instances.matches()).hasSize(7);
        assertThat(instances.complete()).isTrue();
    }

    @Test
    void aPatientIsFoundByTheBeginningOfTheName(@TempDir Path sent) throws IOException {
        String study = UID.create();
        store(WebExamples.files(sent, study, 1));
        Attributes keys = new Attributes();
        keys.setString(Tag.PatientName, "Wang*");
        assertThat(client().search(QueryLevel.STUDY, null, keys, List.of(), 100).matches())
                .anyMatch(found -> study.equals(found.getString(Tag.StudyInstanceUID)));
    }

    @Test
    void metadataIsTheDataSetWithoutItsPixels(@TempDir Path sent) throws IOException {
        String study = UID.create();
        store(WebExamples.files(sent, study, 1));
        List<Attributes> metadata = client().metadata(DicomPath.study(study));
        assertThat(metadata).hasSize(1);
        Attributes got = metadata.get(0);
        Attributes expected = WebExamples.image(study, 1);
        for (int tag : expected.tags()) {
            if (tag != Tag.PixelData) {
                assertThat(got.getBytes(tag)).as(Tag.toString(tag)).isEqualTo(expected.getBytes(tag));
            }
        }
        assertThat(got.contains(Tag.PixelData)).isFalse();
    }

    @Test
    void aSecondSendingChangesNothing(@TempDir Path sent) throws IOException {
        String study = UID.create();
        List<Path> files = WebExamples.files(sent, study, 2);
        store(files);
        assertThat(store(files)).hasSize(2).allMatch(outcome -> outcome.kind() == StoreOutcome.Kind.STORED);
        Found instances = client().search(QueryLevel.INSTANCE, DicomPath.study(study), new Attributes(), List.of(), 10);
        assertThat(instances.matches()).hasSize(2);
    }

    @Test
    void whatIsNoImageIsRefusedAndTheOthersAreStored(@TempDir Path sent) throws IOException {
        String study = UID.create();
        List<Path> files = new ArrayList<>(WebExamples.files(sent, study, 3));
        files.add(1, Files.writeString(sent.resolve("text.dcm"), "no image"));
        assertThat(store(files))
                .extracting(StoreOutcome::kind)
                .containsExactlyInAnyOrder(
                        StoreOutcome.Kind.REFUSED,
                        StoreOutcome.Kind.STORED,
                        StoreOutcome.Kind.STORED,
                        StoreOutcome.Kind.STORED);
    }

    @Test
    void wrongPasswordsAreToldAsSuch() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong"), "{\"user\":\"console\",\"password\":\"guess\"}");
        DicomWebClient client = new DicomWebClient(WebExamples.settings(server.base(), Optional.of(wrong)));
        assertThatThrownBy(client::check)
                .isInstanceOfSatisfying(
                        WebException.class,
                        problem -> assertThat(problem.kind()).isEqualTo(WebException.Kind.UNAUTHORIZED))
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("guess");
        client().check();
    }

    @Test
    void whatIsNotThereIsToldAsSuch() {
        assertThatThrownBy(() -> client().metadata(DicomPath.study(UID.create())))
                .isInstanceOfSatisfying(
                        WebException.class,
                        problem -> assertThat(problem.isTemporary()).isFalse())
                .hasMessageContaining("404");
    }
}
