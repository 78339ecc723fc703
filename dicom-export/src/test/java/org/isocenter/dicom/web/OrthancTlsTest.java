package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.TlsContext;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Speaks https with an Orthanc behind a gateway, as hospitals run it; one that wants to see a certificate, one that does not. */
class OrthancTlsTest {
    @TempDir
    private static Path folder;

    private static OrthancServer server;
    private static HttpsServer open;
    private static HttpsServer strict;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(OrthancServer.isInstalled(), "skipped: Orthanc or openssl is not installed");
        certificate("server", "localhost");
        certificate("client", "console");
        certificate("stranger", "stranger");
        server = OrthancServer.start(folder.resolve("orthanc"), "http", "\"AuthenticationEnabled\":false,");
        open = front(false);
        strict = front(true);
    }

    /** Hands every request on to Orthanc. */
    private static HttpsServer front(boolean wantsCertificate) throws IOException {
        HttpsServer front = HttpsServer.create(new InetSocketAddress("localhost", 0), 0);
        SSLContext context = TlsContext.of(shown(TlsSettings.trusting(crt("client")), "server"));
        front.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setNeedClientAuth(wantsCertificate);
                parameters.setSSLParameters(wanted);
            }
        });
        front.createContext("/", OrthancTlsTest::handOn);
        front.start();
        return front;
    }

    private static void handOn(HttpExchange exchange) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.base().resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Accept", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            HttpResponse<byte[]> reply =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            reply.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
            exchange.sendResponseHeaders(reply.statusCode(), reply.body().length == 0 ? -1 : reply.body().length);
            exchange.getResponseBody().write(reply.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private static URI base(HttpsServer front) {
        return URI.create("https://localhost:" + front.getAddress().getPort() + "/dicom-web");
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.close();
            open.stop(0);
            strict.stop(0);
        }
    }

    private static Path crt(String name) {
        return folder.resolve(name + ".crt");
    }

    private static void certificate(String name, String host) {
        Peer.Output made = Peer.run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + host,
                "-addext",
                "subjectAltName=DNS:" + host,
                "-keyout",
                folder.resolve(name + ".key").toString(),
                "-out",
                crt(name).toString()));
        assertThat(made.exitCode()).as(made.text()).isZero();
    }

    private static TlsSettings shown(TlsSettings trust, String name) {
        return trust.withIdentity(crt(name), folder.resolve(name + ".key"));
    }

    private static DicomWebClient client(URI base, TlsSettings tls) throws IOException {
        return new DicomWebClient(WebSettings.of(base, Optional.empty(), Optional.of(tls)));
    }

    private static void assertNotTrusted(URI base, TlsSettings tls, String message) {
        assertThatThrownBy(() -> client(base, tls).check())
                .isInstanceOfSatisfying(
                        WebException.class,
                        problem -> assertThat(problem.kind()).isIn(WebException.Kind.TLS, WebException.Kind.CLOSED))
                .hasMessageContaining(message);
    }

    @Test
    void imagesAreStoredThroughASecureConnection(@TempDir Path sent) throws IOException {
        List<StoreOutcome> outcomes = new ArrayList<>();
        client(base(open), TlsSettings.trusting(crt("server")))
                .store(WebExamples.files(sent, UID.create(), 3), outcomes::add);
        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome.kind() == StoreOutcome.Kind.STORED);
    }

    @Test
    void aServerWithAnotherCertificateIsNotSpokenTo() {
        assertNotTrusted(base(open), TlsSettings.trusting(crt("stranger")), "not trusted here");
    }

    @Test
    void aServerUnderAnotherNameIsNotSpokenTo() {
        URI base = URI.create(base(open).toString().replace("localhost", "127.0.0.1"));
        assertNotTrusted(base, TlsSettings.trusting(crt("server")), "another name");
    }

    @Test
    void withoutRegardToNamesItIsSpokenToWhenItsCertificateIsTrusted() throws IOException {
        URI base = URI.create(base(open).toString().replace("localhost", "127.0.0.1"));
        client(base, anyName("server")).check();
        assertNotTrusted(base, anyName("stranger"), "not trusted here");
    }

    private static TlsSettings anyName(String trusted) {
        return new TlsSettings(List.of(crt(trusted)), Optional.empty(), Optional.empty(), Optional.empty(), false);
    }

    @Test
    void aServerThatWantsOurCertificateGetsIt() throws IOException {
        client(base(strict), shown(TlsSettings.trusting(crt("server")), "client"))
                .check();
    }

    @Test
    void withoutOurCertificateSuchAServerDoesNotSpeakToUs() {
        assertNotTrusted(base(strict), TlsSettings.trusting(crt("server")), "certificate");
    }

    @Test
    void withAStrangersCertificateSuchAServerDoesNotSpeakToUs() {
        assertNotTrusted(base(strict), shown(TlsSettings.trusting(crt("server")), "stranger"), "certificate");
    }

    @Test
    void plainHttpToASecureServerEnds() {
        URI plain = URI.create(base(open).toString().replace("https", "http"));
        assertThatThrownBy(
                        () -> client(plain, TlsSettings.trusting(crt("server"))).check())
                .isInstanceOf(WebException.class);
    }

    @Test
    void aMissingKeyFileIsNamed() {
        assertThatThrownBy(() -> client(base(open), shown(TlsSettings.trusting(crt("server")), "nobody")))
                .isInstanceOf(WebException.class)
                .hasMessageContaining("nobody");
    }
}
