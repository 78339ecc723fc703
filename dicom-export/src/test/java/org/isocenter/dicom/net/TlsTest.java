package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class TlsTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");

    @TempDir
    static Path folder;

    private static TlsFiles files;

    @BeforeAll
    static void makeCertificates() throws IOException {
        files = TlsFiles.make(folder);
    }

    private static DicomListener listen(TlsSettings tls) throws IOException {
        List<Peer> peers = List.of(Peer.of("ISOCENTER", "127.0.0.1", 104));
        return DicomListener.open(new ListenerSettings(0, peers, 4, Optional.of(tls)), SETTINGS, Services.NONE);
    }

    private static DimseStatus echo(int port, TlsSettings tls) throws DicomNetException {
        Peer peer = new Peer("it", "ISOCENTER", "127.0.0.1", port, Optional.of(tls));
        try (Association association =
                Association.open(peer, SETTINGS, List.of(PresentationContext.of(UID.Verification)))) {
            return association.echo();
        }
    }

    private static DicomNetException failure(int port, TlsSettings tls) {
        DicomNetException failure = catchThrowableOfType(DicomNetException.class, () -> echo(port, tls));
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.TLS);
        assertThat(failure.isTransient()).isFalse();
        return failure;
    }

    @Test
    void bothSidesShowTheirCertificates() throws IOException {
        try (DicomListener listener = listen(files.as("server"))) {
            assertThat(echo(listener.port(), files.as("client"))).isEqualTo(DimseStatus.success());
        }
    }

    @Test
    void aClientWithoutOrWithAWrongCertificateIsTurnedAway() throws IOException {
        try (DicomListener listener = listen(files.as("server"))) {
            assertThat(failure(listener.port(), files.trustingCa())).hasMessageContaining("wants");
            assertThat(failure(listener.port(), files.as("stranger"))).hasMessageContaining("certificate");
            assertThat(echo(listener.port(), files.as("client"))).isEqualTo(DimseStatus.success());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stranger, from an issuer that is not trusted here",
        "expired, has expired",
        "elsewhere, is made out to another name"
    })
    void whatIsWrongWithAServersCertificateIsTold(String server, String words) throws IOException {
        try (DicomListener listener = listen(files.as(server))) {
            assertThat(failure(listener.port(), files.as("client"))).hasMessageContaining(words);
        }
    }

    @Test
    void theHostNameMayBeLeftUnverifiedOnRequest() throws IOException {
        TlsSettings client = files.as("client");
        TlsSettings lax =
                new TlsSettings(client.trust(), client.identity(), client.privateKey(), Optional.empty(), false);
        try (DicomListener listener = listen(files.as("elsewhere"))) {
            assertThat(echo(listener.port(), lax)).isEqualTo(DimseStatus.success());
        }
    }

    @Test
    void keysAreReadFromPkcs12AndFromEncryptedPem() throws IOException {
        Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
        Path bundle = folder.resolve("client.p12");
        files.openssl(List.of(
                "pkcs12",
                "-export",
                "-in",
                "" + files.certificate("client"),
                "-inkey",
                "" + files.key("client"),
                "-passout",
                "pass:s3cret",
                "-out",
                "" + bundle));
        Path encrypted = folder.resolve("encrypted.key");
        files.openssl(List.of(
                "pkcs8",
                "-topk8",
                "-v2",
                "aes-256-cbc",
                "-in",
                "" + files.key("client"),
                "-passout",
                "pass:s3cret",
                "-out",
                "" + encrypted));
        List<Path> trust = List.of(files.certificate("ca"));
        try (DicomListener listener = listen(files.as("server"))) {
            assertThat(echo(
                            listener.port(),
                            new TlsSettings(trust, Optional.of(bundle), Optional.empty(), Optional.of(password), true)))
                    .isEqualTo(DimseStatus.success());
            assertThat(echo(
                            listener.port(),
                            new TlsSettings(
                                    trust,
                                    Optional.of(files.certificate("client")),
                                    Optional.of(encrypted),
                                    Optional.of(password),
                                    true)))
                    .isEqualTo(DimseStatus.success());
            Path wrong = Files.writeString(folder.resolve("wrong"), "other");
            assertThat(failure(
                            listener.port(),
                            new TlsSettings(trust, Optional.of(bundle), Optional.empty(), Optional.of(wrong), true)))
                    .hasMessageContaining("client.p12 cannot be opened: check the password file");
        }
    }

    @Test
    void filesThatAreNoCertificatesAreNamed() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "hello");
        assertThat(failure(1, TlsSettings.trusting(text))).hasMessageContaining("text holds no certificate");
        assertThat(failure(1, TlsSettings.trusting(folder.resolve("none"))))
                .hasMessageContaining("none cannot be read");
        assertThat(failure(1, files.trustingCa().withIdentity(files.certificate("client"), text)))
                .hasMessageContaining("text holds no private key");
        assertThatThrownBy(() -> new ListenerSettings(0, List.of(), 1, Optional.of(files.trustingCa())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a certificate of our own is needed");
    }

    @Test
    void aServerWithoutTlsIsTold() throws Exception {
        List<Peer> peers = List.of(Peer.of("ISOCENTER", "127.0.0.1", 104));
        NetSettings brief = SETTINGS.withTimeouts(Duration.ofMillis(300));
        try (DicomListener plain = DicomListener.open(ListenerSettings.of(0, peers), brief, Services.NONE)) {
            assertThat(failure(plain.port(), files.trustingCa())).hasMessageContaining("TLS on this port");
        }
        try (DicomListener secured = DicomListener.open(
                new ListenerSettings(0, peers, 4, Optional.of(files.as("server"))), brief, Services.NONE)) {
            Peer peer = Peer.of("ISOCENTER", "127.0.0.1", secured.port());
            assertThatThrownBy(
                            () -> Association.open(peer, SETTINGS, List.of(PresentationContext.of(UID.Verification))))
                    .isInstanceOf(DicomNetException.class)
                    .hasMessageContaining("ISOCENTER (127.0.0.1");
        }
    }

    @Test
    void storescpAndOursSecureEachOther() throws Exception {
        int port = PeerProgram.freePort();
        try (PeerProgram storescp = PeerProgram.start(
                folder,
                port,
                List.of(
                        "storescp",
                        "--ignore",
                        "+tls",
                        "" + files.key("server"),
                        "" + files.certificate("server"),
                        "+cf",
                        "" + files.certificate("ca"),
                        "" + port))) {
            assertThat(echo(port, files.as("client"))).isEqualTo(DimseStatus.success());
            assertThat(failure(port, files.trustingCa())).hasMessageContaining("wants");
        }
        try (DicomListener listener = listen(files.as("server"))) {
            org.isocenter.testing.Peer.Output output = org.isocenter.testing.Peer.run(List.of(
                    "echoscu",
                    "+tls",
                    "" + files.key("client"),
                    "" + files.certificate("client"),
                    "+cf",
                    "" + files.certificate("ca"),
                    "-aet",
                    "ISOCENTER",
                    "-aec",
                    "ISOCENTER",
                    "127.0.0.1",
                    "" + listener.port()));
            assertThat(output.exitCode()).as(output.text()).isZero();
        }
    }
}
