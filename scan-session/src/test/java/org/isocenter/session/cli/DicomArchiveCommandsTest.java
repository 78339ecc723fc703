package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DimseResponse;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.NetSettings;
import org.isocenter.dicom.net.Operation;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.outbox.TestImages;
import org.isocenter.testing.Archives;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code dicom find}, {@code retrieve} and {@code commit}, with archives that do, that will not and that are not there. */
@ExtendWith(OwnHome.class)
@Timeout(120)
class DicomArchiveCommandsTest {
    private static final String NOBODY = "PACS@127.0.0.1:1";
    /** Of the images that are sent. */
    private static final String STUDY = "2.25.1";

    @TempDir
    Path folder;

    @Test
    void imagesAreSentFoundFetchedAndPromisedByDimseAndDicomweb() throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        TestImages.entry("", files, 1);
        TestImages.entry("", files, 2);
        int port = PeerProgram.freePort();
        int webPort = PeerProgram.freePort();
        int ourPort = PeerProgram.freePort();
        DicomSettings.Listening listening = new DicomSettings.Listening(ourPort, Optional.empty());
        new DicomSettings("ISOCENTER", Optional.of(listening), List.of()).write(IsocenterHome.folder());
        String dimse = "ORTHANC@127.0.0.1:" + port;
        String web = "http://localhost:" + webPort + "/dicom-web";
        try (PeerProgram orthanc = Archives.orthancWithWeb(folder, port, webPort, Archives.knowingUs(ourPort))) {
            assertThat(CommandRun.of("dicom", "send", files.resolve("image-1.dcm"), "--to", web)
                            .exitCode())
                    .isZero();
            assertThat(CommandRun.of("dicom", "send", files.resolve("image-2.dcm"), "--to", dimse)
                            .exitCode())
                    .isZero();
            for (String archive : List.of(dimse, web)) {
                assertFound(archive);
                assertFetched(archive, files);
            }
            Path moved = folder.resolve("moved");
            CommandRun move = CommandRun.of("dicom", "retrieve", STUDY, "--peer", dimse, "--move", "--out", moved);
            assertThat(move.exitCode()).as(move.err()).isZero();
            assertThat(moved).isDirectoryContaining("glob:**.dcm");
            assertPromised(dimse, files);
            CommandRun lacking = CommandRun.of("dicom", "retrieve", "2.25.404", "--peer", web);
            assertThat(lacking.exitCode()).isEqualTo(1);
            assertThat(lacking.errorLine()).contains("404");
            assertThat(IsocenterHome.folder().resolve("priors/2.25.404")).doesNotExist();
        }
    }

    private static void assertFound(String archive) {
        CommandRun found = CommandRun.of("dicom", "find", "--peer", archive, "--patient-id", "T-1", "--json");
        assertThat(found.exitCode()).as(found.err()).isZero();
        JsonNode studies = found.json().path("studies");
        assertThat(studies).hasSize(1);
        assertThat(studies.at("/0/studyInstanceUid").asText()).isEqualTo(STUDY);
        assertThat(studies.at("/0/patientId").asText()).isEqualTo("T-1");
        assertThat(studies.at("/0/modalities").toString()).isEqualTo("[\"MR\"]");
        assertThat(studies.at("/0/instances").asInt()).isEqualTo(2);
        JsonNode series = CommandRun.of("dicom", "find", "--peer", archive, "--study", STUDY, "--json")
                .json()
                .path("series");
        assertThat(series).hasSize(1);
        assertThat(series.at("/0/seriesInstanceUid").asText()).isEqualTo("2.25.2");
        assertThat(series.at("/0/modality").asText()).isEqualTo("MR");
        assertThat(series.at("/0/instances").asInt()).isEqualTo(2);
        CommandRun nothing = CommandRun.of("dicom", "find", "--peer", archive, "--patient-id", "NOBODY");
        assertThat(nothing.exitCode()).isZero();
        assertThat(nothing.out()).contains("nothing was found");
    }

    private void assertFetched(String archive, Path sent) throws Exception {
        Path out = folder.resolve("got").resolve(Integer.toString(archive.length()));
        CommandRun fetched = CommandRun.of("dicom", "retrieve", STUDY, "--peer", archive, "--out", out, "--json");
        assertThat(fetched.exitCode()).as(fetched.err()).isZero();
        assertThat(fetched.json().path("stored").asInt()).isEqualTo(2);
        assertThat(fetched.json().path("folder").asText()).isEqualTo(out.toString());
        for (int number = 1; number <= 2; number++) {
            assertThat(DicomReader.read(out.resolve(TestImages.uid(number) + ".dcm"))
                            .dataset())
                    .isEqualTo(DicomReader.read(sent.resolve("image-" + number + ".dcm"))
                            .dataset());
        }
        CommandRun again = CommandRun.of(
                "dicom", "retrieve", STUDY, "--peer", archive, "--series", "2.25.2", "--out", out, "--json");
        assertThat(again.exitCode()).isZero();
        assertThat(again.json().path("stored").asInt()).isZero();
        try (var files = Files.list(out)) {
            assertThat(files).as("whole files, and nothing else").hasSize(2);
        }
    }

    private void assertPromised(String archive, Path files) throws Exception {
        CommandRun promised = CommandRun.of("dicom", "commit", files, "--peer", archive, "--json");
        assertThat(promised.exitCode()).as(promised.err()).isZero();
        assertThat(promised.json().path("committed").asInt()).isEqualTo(2);
        assertThat(promised.json().path("refused").asInt()).isZero();
        TestImages.entry("", folder, 3);
        CommandRun refused = CommandRun.of("dicom", "commit", folder.resolve("image-3.dcm"), "--peer", archive);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("refused: 1", TestImages.uid(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {NOBODY, "http://127.0.0.1:1/dicom-web"})
    void whereNobodyAnswersThatIsToldAndNothingIsLeftBehind(String archive) {
        Path out = folder.resolve("out");
        for (CommandRun run : List.of(
                CommandRun.of("dicom", "find", "--peer", archive, "--json"),
                CommandRun.of("dicom", "find", "--peer", archive, "--study", STUDY, "--json"),
                CommandRun.of("dicom", "retrieve", STUDY, "--peer", archive, "--out", out, "--json"))) {
            assertThat(run.exitCode()).isEqualTo(3);
            assertThat(run.errorLine()).contains("127.0.0.1");
            assertThat(run.out()).isEmpty();
        }
        assertThat(out).doesNotExist();
    }

    @Test
    void whatAnArchiveWillNotDoIsANo() throws Exception {
        TestImages.entry("", folder, 1);
        DimseStatus unable = DimseStatus.of(Operation.C_FIND, 0xA700);
        Services refusing = Services.NONE
                .with(Operation.C_FIND, UID.StudyRootFind, request -> DimseResponse.of(unable))
                .with(
                        Operation.N_ACTION,
                        UID.StorageCommitmentPushModel,
                        request -> DimseResponse.of(DimseStatus.of(Operation.N_ACTION, 0x0110)));
        try (DicomListener pacs = DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("ISOCENTER", "127.0.0.1", 104))),
                NetSettings.of("PACS"),
                refusing)) {
            String address = "PACS@127.0.0.1:" + pacs.port();
            CommandRun find = CommandRun.of("dicom", "find", "--peer", address, "--json");
            assertThat(find.exitCode()).isEqualTo(1);
            assertThat(find.errorLine()).contains(address, "0xA700");
            assertThat(find.json().path("studies")).isEmpty();
            CommandRun commit = CommandRun.of("dicom", "commit", folder, "--peer", address);
            assertThat(commit.exitCode()).isEqualTo(1);
            assertThat(commit.errorLine()).contains(address, "0x0110");
        }
    }

    @Test
    void anArchiveThatPromisesNothingInTimeIsAFailure() throws Exception {
        TestImages.entry("", folder, 1);
        Services silent = Services.NONE.with(
                Operation.N_ACTION, UID.StorageCommitmentPushModel, request -> DimseResponse.of(DimseStatus.success()));
        try (DicomListener pacs = DicomListener.open(
                ListenerSettings.of(0, List.of(Peer.of("ISOCENTER", "127.0.0.1", 104))),
                NetSettings.of("PACS"),
                silent)) {
            CommandRun commit =
                    CommandRun.of("dicom", "commit", folder, "--peer", "PACS@127.0.0.1:" + pacs.port(), "--wait", 1);
            assertThat(commit.exitCode()).isEqualTo(3);
            assertThat(commit.errorLine()).contains("no answer within 1 s", "listen");
        }
    }

    @Test
    void whatCannotBeAskedForIsRefusedAtOnce() throws Exception {
        TestImages.entry("", folder, 1);
        Path out = folder.resolve("out");
        String fhir = "fhir+http://127.0.0.1:1/fhir";
        assertRefused("no images", "dicom", "find", "--peer", fhir);
        assertRefused("no images", "dicom", "retrieve", STUDY, "--peer", fhir, "--out", out);
        assertRefused("no images", "dicom", "send", folder, "--to", fhir);
        assertRefused("--move", "dicom", "retrieve", STUDY, "--peer", "http://127.0.0.1:1/web", "--move", "--out", out);
        assertRefused("listen", "dicom", "retrieve", STUDY, "--peer", NOBODY, "--move", "--out", out);
        assertRefused("no UID", "dicom", "retrieve", "study", "--peer", NOBODY, "--out", out);
        assertRefused("no UID", "dicom", "find", "--study", "study", "--peer", NOBODY);
        assertRefused("PatientID", "dicom", "find", "--patient-id", "1".repeat(65), "--peer", NOBODY);
        assertRefused("dicom.json", "dicom", "find", "--peer", "pacs");
        assertRefused("dicom.json", "dicom", "commit", folder, "--peer", "pacs");
        assertRefused("DIMSE only", "dicom", "commit", folder, "--peer", "http://127.0.0.1:1/web");
        assertRefused("no such file", "dicom", "commit", folder.resolve("none"), "--peer", NOBODY);
        assertRefused("--peer", "dicom", "find");
        assertThat(out).doesNotExist();
        assertThat(CommandRun.of("dicom", "outbox", "list", "--all", "--json")
                        .json()
                        .path("rows"))
                .isEmpty();
    }

    private static void assertRefused(String reason, Object... arguments) {
        CommandRun run = CommandRun.of(arguments);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.errorLine()).contains(reason);
        assertThat(run.out()).isEmpty();
    }
}
