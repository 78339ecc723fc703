package org.isocenter.dicom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.deidentify.Deidentifier;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.iod.Examples;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.PresentationContext;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.net.StoreFolder;
import org.isocenter.dicom.web.DicomWebClient;
import org.isocenter.dicom.web.QueryLevel;
import org.isocenter.dicom.web.WebSettings;
import org.isocenter.model.EncodingGeometry;
import org.isocenter.model.PatientPosition;
import org.isocenter.model.ScheduledStep;
import org.isocenter.model.Study;
import org.isocenter.testing.Archives;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a worklist server over images into an archive and back, all of others. */
@Timeout(120)
class OrderToArchiveTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");

    /** All that is not Unicode: one set for all, and those between which escape sequences switch. */
    private static final List<WorklistFiles.Encoded> OLDER_ENCODINGS = List.of(
            encoded("\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう"),
            encoded("ISO 2022 IR 13\\ISO 2022 IR 87", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう"),
            encoded("\\ISO 2022 IR 87\\ISO 2022 IR 159", "Yamada^Tarou=丂田^太郎=やまだ^たろう"),
            encoded("\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동"),
            encoded("\\ISO 2022 IR 58", "Zhang^XiaoDong=张^小东=张^小东"),
            encoded("GB18030", "Wang^XiaoDong=王^小东=ㄨㄤ^ㄒㄧㄠ"),
            encoded("GBK", "Wang^XiaoDong=王^小東=王^小东"),
            encoded("ISO_IR 127", "Qabbani^Lujayn=قباني^لجين=قباني^لجين"),
            encoded("\\ISO 2022 IR 127", "Qabbani^Lujayn=قباني^لجين=قباني^لجين"),
            encoded("ISO_IR 126", "Papadopoulou^Eleni=Παπαδοπούλου^Ελένη=Παπαδοπούλου^Ελένη"),
            encoded("\\ISO 2022 IR 126", "Papadopoulou^Eleni=Παπαδοπούλου^Ελένη=Παπαδοπούλου^Ελένη"),
            encoded("ISO_IR 144", "Ivanova^Yuliya=Иванова^Юлия=Иванова^Юлия"),
            encoded("ISO 2022 IR 100\\ISO 2022 IR 144", "Müller^Jürgen=Мюллер^Юрген=Мюллер^Юрген"),
            encoded("ISO_IR 100", "Muñoz^Núñez Ángel^María^Sr.^Dña."),
            encoded("ISO_IR 138", "Kohen^Noa=כהן^נועה=כהן^נועה"),
            encoded("ISO_IR 148", "Şahin^Işıl"),
            encoded("ISO_IR 166", "Somchai^Jaidee=สมชาย^ใจดี=สมชาย^ใจดี"));

    private static WorklistFiles.Encoded encoded(String terms, String name) {
        return new WorklistFiles.Encoded(terms, name);
    }

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"ORTHANC", "ARCHIVE"})
    void patientsNamesGoFromTheWorklistIntoAnArchiveAndBackToTheLetter(String title) throws Exception {
        List<ScheduledStep> steps = planned();
        assertThat(steps)
                .extracting(step -> step.patient().name())
                .containsExactlyInAnyOrderElementsOf(WorklistServerTest.NAMES);
        List<Path> images = new ArrayList<>();
        for (ScheduledStep step : steps) {
            images.addAll(scanned(step));
        }
        int port = PeerProgram.freePort();
        Peer archive = Peer.of(title, "127.0.0.1", port);
        Path moved = folder.resolve("moved");
        Services receiving = QueryRetrieve.receiving(new StoreFolder(moved, file -> {}));
        try (DicomListener listener =
                        DicomListener.open(ListenerSettings.of(0, List.of(archive)), SETTINGS, receiving);
                PeerProgram program = start(title, port, listener.port())) {
            store(archive, images);
            for (ScheduledStep step : steps) {
                String study = step.procedure().studyInstanceUid();
                assertFound(archive, step);
                Path got = folder.resolve("got-" + study);
                List<Path> sent = images.stream()
                        .filter(image -> image.startsWith(of(step)))
                        .toList();
                get(archive, study, got);
                assertSame(sent, got);
                move(archive, study);
                assertSame(sent, moved);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ORTHANC", "ARCHIVE"})
    void namesInTheEncodingsOfOlderWorklistsComeIntoAnArchiveToTheLetter(String title) throws Exception {
        List<ScheduledStep> steps = listed(lists -> WorklistFiles.write(lists, OLDER_ENCODINGS));
        assertThat(steps).hasSameSizeAs(OLDER_ENCODINGS);
        int port = PeerProgram.freePort();
        Peer archive = Peer.of(title, "127.0.0.1", port);
        int nobody = 1;
        try (PeerProgram program = start(title, port, nobody)) {
            for (ScheduledStep step : steps) {
                int number = Integer.parseInt(step.patient().id().substring("PID-".length()));
                WorklistFiles.Encoded planned = OLDER_ENCODINGS.get(number - 1);
                assertThat(step.patient().name()).as(planned.terms()).isEqualTo(planned.name());
                assertThat(step.performingPhysician()).isEqualTo(planned.name());
                assertThat(step.description()).isEqualTo(planned.description());
                assertThat(step.care().medicalAlerts()).isEqualTo(planned.description());
                List<Path> images = scanned(step);
                Attributes image = DicomReader.read(images.get(0)).dataset();
                assertThat(image.getString(Tag.PatientName)).isEqualTo(planned.name());
                assertThat(image.getString(Tag.StudyDescription)).isEqualTo(planned.description());
                store(archive, images);
                assertFound(archive, step);
                Path got = folder.resolve("got-" + number);
                get(archive, step.procedure().studyInstanceUid(), got);
                assertSame(images, got);
            }
        }
    }

    @Test
    void namesComeBackOverDicomWebAndAreNotInCopiesWithoutThem() throws Exception {
        List<ScheduledStep> steps = planned();
        int port = PeerProgram.freePort();
        int webPort = PeerProgram.freePort();
        try (PeerProgram orthanc = Archives.orthancWithWeb(folder, port, webPort, "")) {
            DicomWebClient web = new DicomWebClient(WebSettings.of(
                    URI.create("http://localhost:" + webPort + "/dicom-web"), Optional.empty(), Optional.empty()));
            for (ScheduledStep step : steps) {
                List<Path> images = scanned(step);
                store(Peer.of("ORTHANC", "127.0.0.1", port), images);
                Attributes keys = new Attributes();
                keys.setString(Tag.PatientID, step.patient().id());
                List<Attributes> found =
                        web.search(QueryLevel.STUDY, null, keys, List.of(), 10).matches();
                assertThat(found)
                        .singleElement()
                        .satisfies(study -> assertThat(study.getString(Tag.PatientName))
                                .isEqualTo(step.patient().name()));

                Attributes copy = new Deidentifier(new byte[32], Deidentifier.Moments.REMOVED)
                        .apply(DicomReader.read(images.get(0)).dataset());
                String text = new String(DicomWriter.toBytes(copy, UID.ExplicitVRLittleEndian), StandardCharsets.UTF_8);
                assertThat(step.patient().name().split("[=^]"))
                        .allSatisfy(part -> assertThat(text).doesNotContain(part));
            }
        }
    }

    /** Exams of patients of all scripts, as a worklist server in Unicode lists them. */
    private List<ScheduledStep> planned() throws Exception {
        return listed(lists -> {
            for (int i = 0; i < WorklistServerTest.NAMES.size(); i++) {
                WorklistFiles.write(
                        lists, i + 1, "ISO_IR 192", "UTF-8", WorklistServerTest.NAMES.get(i), "MRT Schädel");
            }
        });
    }

    private interface Planning {
        void into(Path lists) throws Exception;
    }

    /** What a worklist server lists. */
    private List<ScheduledStep> listed(Planning planning) throws Exception {
        Path lists = Files.createDirectories(folder.resolve("WL"));
        Files.createFile(lists.resolve("lockfile"));
        planning.into(lists);
        int port = PeerProgram.freePort();
        List<String> command = List.of("wlmscpfs", "-csk", "-dfp", folder.toString(), Integer.toString(port));
        try (PeerProgram server = PeerProgram.start(folder, port, command);
                Association association =
                        Association.open(Peer.of("WL", "127.0.0.1", port), SETTINGS, List.of(Worklist.CONTEXT))) {
            return Worklist.find(association, WorklistQuery.ALL).entries().stream()
                    .peek(entry -> assertThat(entry.problems()).isEmpty())
                    .map(WorklistEntry::step)
                    .toList();
        }
    }

    private Path of(ScheduledStep step) {
        return folder.resolve("sent").resolve(step.procedure().studyInstanceUid());
    }

    /** Images of two slices for an order. */
    private List<Path> scanned(ScheduledStep step) throws Exception {
        Study study = Examples.study(step.patient(), PatientPosition.HFS, "HEAD", false)
                .withOrder(step);
        return Examples.write(
                        Examples.volume(EncodingGeometry.AXIAL, 2),
                        Examples.header(study, Examples.SPIN_ECHO),
                        Examples.series(1),
                        of(step))
                .files();
    }

    private PeerProgram start(String title, int port, int ourPort) throws Exception {
        return title.equals("ORTHANC")
                ? Archives.orthanc(folder, port, Archives.knowingUs(ourPort))
                : Archives.dcmqrscp(folder, port, ourPort);
    }

    private static void store(Peer archive, List<Path> images) throws Exception {
        try (Association association =
                Association.open(archive, SETTINGS, List.of(PresentationContext.of(UID.MRImageStorage)))) {
            for (Path image : images) {
                assertThat(association.store(image)).isEqualTo(DimseStatus.success());
            }
        }
    }

    private static void assertFound(Peer archive, ScheduledStep step) throws Exception {
        try (Association association = Association.open(archive, SETTINGS, QueryRetrieve.CONTEXTS)) {
            QueryRetrieve.Found<FoundStudy> found = QueryRetrieve.studies(
                    association, StudyQuery.ofPatient(step.patient().id()));
            assertThat(found.status()).isEqualTo(DimseStatus.success());
            FoundStudy study = found.matches().get(0);
            assertThat(found.matches()).hasSize(1);
            assertThat(study.instanceUid()).isEqualTo(step.procedure().studyInstanceUid());
            assertThat(study.patientName()).isEqualTo(step.patient().name());
            assertThat(study.accessionNumber()).isEqualTo(step.procedure().accessionNumber());
            assertThat(QueryRetrieve.series(association, study.instanceUid()).matches())
                    .singleElement()
                    .satisfies(series -> {
                        assertThat(series.modality()).isEqualTo("MR");
                        assertThat(series.number()).isEqualTo(1);
                    });
        }
    }

    private static void get(Peer archive, String study, Path to) throws Exception {
        Services receiving = QueryRetrieve.receiving(new StoreFolder(to, file -> {}));
        try (Association association = Association.open(archive, SETTINGS, QueryRetrieve.getContexts(), receiving)) {
            assertWhole(QueryRetrieve.get(association, study, "", progress -> true));
        }
    }

    private static void move(Peer archive, String study) throws Exception {
        try (Association association = Association.open(archive, SETTINGS, QueryRetrieve.CONTEXTS)) {
            assertWhole(QueryRetrieve.move(association, "ISOCENTER", study, "", progress -> true));
            assertThat(QueryRetrieve.move(association, "NOBODY", study, "", progress -> true)
                            .status()
                            .kind())
                    .isEqualTo(DimseStatus.Kind.FAILURE);
        }
    }

    private static void assertWhole(QueryRetrieve.Retrieved retrieved) {
        assertThat(retrieved.status().isDone())
                .as(retrieved.status().describe())
                .isTrue();
        assertThat(retrieved.failedInstances()).isEmpty();
    }

    private static void assertSame(List<Path> sent, Path got) throws Exception {
        assertThat(sent).hasSize(2);
        for (Path image : sent) {
            Attributes dataset = DicomReader.read(image).dataset();
            String instance = dataset.getString(Tag.SOPInstanceUID);
            assertThat(DicomReader.read(got.resolve(instance + ".dcm")).dataset())
                    .isEqualTo(dataset);
        }
    }
}
