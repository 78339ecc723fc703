package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.testing.Peer;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the programs of DCMTK, each side being the requestor in turn. */
class DcmtkTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");

    @TempDir
    Path folder;

    private PeerProgram storescp(int port, String... options) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("in"));
        List<String> command = new ArrayList<>(List.of("storescp", "-od", "in", "-aet", "STORE"));
        Collections.addAll(command, options);
        command.add(Integer.toString(port));
        return PeerProgram.start(folder, port, command);
    }

    private static org.isocenter.dicom.net.Peer peer(int port) {
        return org.isocenter.dicom.net.Peer.of("STORE", "127.0.0.1", port);
    }

    @ParameterizedTest
    @CsvSource({"+xe, 16384", "+xi, 16384", "+xe, 4096", "+xe, 131072"})
    void storescpGetsWhatWasSent(String syntax, String pduBytes) throws Exception {
        int port = PeerProgram.freePort();
        Path file = Objects.file(folder, "2.25.11", 256);
        try (PeerProgram storescp = storescp(port, syntax, "-pdu", pduBytes);
                Association association = Association.open(
                        peer(port),
                        SETTINGS,
                        List.of(
                                PresentationContext.of(UID.Verification),
                                PresentationContext.of(UID.MRImageStorage)))) {
            assertThat(association.echo()).isEqualTo(DimseStatus.success());
            assertThat(association.store(file).kind()).isEqualTo(DimseStatus.Kind.SUCCESS);
            assertThat(association.store(Objects.image("2.25.12", 1)).kind()).isEqualTo(DimseStatus.Kind.SUCCESS);
            association.release();
        }
        assertThat(received("2.25.11")).isEqualTo(Objects.image("2.25.11", 256));
        assertThat(received("2.25.12")).isEqualTo(Objects.image("2.25.12", 1));
    }

    private Attributes received(String instance) throws IOException {
        return DicomReader.read(folder.resolve("in").resolve("MR." + instance)).dataset();
    }

    @Test
    void manyFilesGoOnOneAssociationAndBadOnesAreTold() throws Exception {
        int port = PeerProgram.freePort();
        Path good = Objects.file(folder, "2.25.11", 2);
        Path other = Objects.file(folder, "2.25.12", 2);
        Path broken = Files.write(folder.resolve("broken.dcm"), new byte[500]);
        Map<Path, String> outcomes = new LinkedHashMap<>();
        Association.StoreListener listener = new Association.StoreListener() {
            @Override
            public void answered(Path file, DimseStatus status) {
                outcomes.put(file, status.toString());
            }

            @Override
            public void unreadable(Path file, IOException problem) {
                outcomes.put(file, problem.getMessage());
            }
        };
        try (PeerProgram storescp = storescp(port);
                Association association =
                        Association.open(peer(port), SETTINGS, List.of(PresentationContext.of(UID.MRImageStorage)))) {
            association.storeAll(List.of(good, broken, other), listener);
        }
        assertThat(outcomes).containsEntry(good, "0x0000 Success").containsEntry(other, "0x0000 Success");
        assertThat(outcomes.get(broken)).contains("no DICOM file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-xe", "-xi"})
    void storescuAndEchoscuAreServed(String syntax) throws Exception {
        Path in = folder.resolve("kept");
        Services services = Services.NONE.with(
                Operation.C_STORE,
                UID.MRImageStorage,
                new StoreFolder(in, file -> assertThat(file).exists()));
        Path file = Objects.file(folder, "2.25.11", 256);
        ListenerSettings listening =
                ListenerSettings.of(0, List.of(org.isocenter.dicom.net.Peer.of("STORESCU", "127.0.0.1", 104)));
        try (DicomListener listener = DicomListener.open(listening, SETTINGS, services)) {
            String port = Integer.toString(listener.port());
            assertThat(Peer.run(List.of("echoscu", "-aet", "STORESCU", "-aec", "ISOCENTER", "127.0.0.1", port))
                            .exitCode())
                    .isZero();
            Peer.Output stored = Peer.run(List.of(
                    "storescu", syntax, "-aet", "STORESCU", "-aec", "ISOCENTER", "127.0.0.1", port, file.toString()));
            assertThat(stored.exitCode()).as(stored.text()).isZero();
        }
        assertThat(DicomReader.read(in.resolve("2.25.11.dcm")).dataset()).isEqualTo(Objects.image("2.25.11", 256));
    }

    @ParameterizedTest
    @CsvSource({"STORESCU, WRONG, Called AE Title Not Recognized", "OTHER, ISOCENTER, Calling AE Title Not Recognized"})
    void strangersAreRejectedWithTheStandardsReason(String calling, String called, String reason) throws Exception {
        ListenerSettings listening =
                ListenerSettings.of(0, List.of(org.isocenter.dicom.net.Peer.of("STORESCU", "127.0.0.1", 104)));
        try (DicomListener listener = DicomListener.open(listening, SETTINGS, Services.NONE)) {
            String port = Integer.toString(listener.port());
            Peer.Output output = Peer.run(List.of("echoscu", "-aet", calling, "-aec", called, "127.0.0.1", port));
            assertThat(output.text()).contains(reason).contains("Rejected Permanent");
        }
    }
}
