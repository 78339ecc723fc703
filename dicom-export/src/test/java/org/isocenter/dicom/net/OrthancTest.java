package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.isocenter.testing.Archives;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against Orthanc: what is stored comes back the same, by C-GET and by C-MOVE, and TLS lets in whom it should. */
@Timeout(120)
class OrthancTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");

    @TempDir
    Path folder;

    private static Peer peer(int port) {
        return Peer.of("ORTHANC", "127.0.0.1", port);
    }

    private static Attributes studyKeys() {
        Attributes keys = new Attributes();
        keys.setString(Tag.SpecificCharacterSet, "ISO_IR 192");
        keys.setString(Tag.QueryRetrieveLevel, "STUDY");
        keys.setEmpty(Tag.PatientName);
        keys.setString(Tag.StudyInstanceUID, "2.25.1");
        return keys;
    }

    @Test
    void whatIsStoredIsFoundAndComesBackTheSame() throws Exception {
        Path file = Objects.file(folder, "2.25.8", 16);
        Path got = folder.resolve("got");
        Path moved = folder.resolve("moved");
        int port = PeerProgram.freePort();
        Services receiving = Services.NONE.with(
                Operation.C_STORE,
                UID.MRImageStorage,
                new StoreFolder(moved, received -> assertThat(received).exists()));
        try (DicomListener listener =
                        DicomListener.open(ListenerSettings.of(0, List.of(peer(port))), SETTINGS, receiving);
                PeerProgram orthanc = Archives.orthanc(folder, port, Archives.knowingUs(listener.port()));
                Association association = Association.open(
                        peer(port),
                        SETTINGS,
                        List.of(
                                PresentationContext.of(UID.Verification),
                                PresentationContext.of(UID.MRImageStorage),
                                PresentationContext.of(UID.StudyRootFind).relational(),
                                PresentationContext.of(UID.StudyRootMove)))) {
            assertThat(association.echo()).isEqualTo(DimseStatus.success());
            assertThat(association.store(file)).isEqualTo(DimseStatus.success());
            assertThat(association.operationsWindow()).as("operations at once").isEqualTo(1);
            List<String> names = new ArrayList<>();
            DimseStatus found = association.find(
                    UID.StudyRootFind, studyKeys(), match -> names.add(match.getString(Tag.PatientName)));
            assertThat(found).isEqualTo(DimseStatus.success());
            assertThat(names).containsExactly("Прüfung^A");
            DimseResponse move = association.move(UID.StudyRootMove, "ISOCENTER", studyKeys(), progress -> true);
            assertThat(move.status()).isEqualTo(DimseStatus.of(Operation.C_MOVE, 0));
            assertThat(association
                            .move(UID.StudyRootMove, "NOBODY", studyKeys(), progress -> true)
                            .status()
                            .kind())
                    .isEqualTo(DimseStatus.Kind.FAILURE);
            assertThat(get(port, got).status().kind()).isEqualTo(DimseStatus.Kind.SUCCESS);
        }
        assertThat(DicomReader.read(moved.resolve("2.25.8.dcm")).dataset()).isEqualTo(Objects.image("2.25.8", 16));
        assertThat(DicomReader.read(got.resolve("2.25.8.dcm")).dataset()).isEqualTo(Objects.image("2.25.8", 16));
    }

    private static DimseResponse get(int port, Path to) throws IOException {
        Services receiving = Services.NONE.with(
                Operation.C_STORE,
                UID.MRImageStorage,
                new StoreFolder(to, file -> assertThat(file).exists()));
        List<PresentationContext> contexts = List.of(
                PresentationContext.of(UID.StudyRootGet),
                PresentationContext.of(UID.MRImageStorage).provided());
        try (Association association = Association.open(peer(port), SETTINGS, contexts, receiving)) {
            return association.get(UID.StudyRootGet, studyKeys(), progress -> true);
        }
    }

    @Test
    void tlsLetsInWhoHasTheRightCertificate() throws Exception {
        TlsFiles files = TlsFiles.make(folder);
        int port = PeerProgram.freePort();
        try (PeerProgram orthanc = Archives.orthanc(
                folder,
                port,
                ",\"DicomTlsEnabled\":true,\"DicomTlsRemoteCertificateRequired\":true,\"DicomTlsCertificate\":\""
                        + files.certificate("server") + "\",\"DicomTlsPrivateKey\":\"" + files.key("server")
                        + "\",\"DicomTlsTrustedCertificates\":\"" + files.certificate("ca") + "\"")) {
            Path file = Objects.file(folder, "2.25.8", 300);
            try (Association association = open(port, files.as("client"))) {
                assertThat(association.store(file)).isEqualTo(DimseStatus.success());
                association.release();
            }
            for (TlsSettings wrong : List.of(files.as("stranger"), files.trustingCa())) {
                DicomNetException failure = catchThrowableOfType(DicomNetException.class, () -> open(port, wrong));
                assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.TLS);
            }
            DicomNetException untrusted = catchThrowableOfType(
                    DicomNetException.class, () -> open(port, TlsSettings.trusting(files.certificate("stranger"))));
            assertThat(untrusted).hasMessageContaining("from an issuer that is not trusted here");
        }
    }

    private static Association open(int port, TlsSettings tls) throws DicomNetException {
        Peer peer = new Peer("Orthanc", "ORTHANC", "127.0.0.1", port, Optional.of(tls));
        return Association.open(peer, SETTINGS, List.of(PresentationContext.of(UID.MRImageStorage)));
    }
}
