package org.isocenter.dicom.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.isocenter.dicom.web.ScriptedServer.reply;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens and passwords: shown to whom they are meant for, renewed in time, told to nobody else. */
class CredentialsTest {
    private static final ScriptedServer.Script UNAUTHORIZED = reply("401 No", "", "");
    private static final ScriptedServer.Script DONE = reply("204 None", "", "");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("credentials");
    }

    private DicomWebClient client(ScriptedServer server, String credentials) throws IOException {
        Files.writeString(file, credentials);
        return new DicomWebClient(WebExamples.settings(server.base(), Optional.of(file)));
    }

    private static ScriptedServer.Script token(String token, long seconds) {
        return reply(
                "200 OK",
                "Content-Type: application/json\r\n",
                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + seconds + "}");
    }

    private static String grant(ScriptedServer tokens, String further) {
        return "{\"tokenUrl\":\"" + tokens.base() + "/token\",\"clientId\":\"con sole\"" + further + "}";
    }

    private static List<String> shown(ScriptedServer server) {
        return server.requests().stream()
                .flatMap(request -> request.head().lines())
                .filter(line -> line.startsWith("Authorization: "))
                .map(line -> line.substring(15))
                .toList();
    }

    @Test
    void theTokenIsReadAgainForEachRequest() throws IOException {
        try (ScriptedServer server = new ScriptedServer(DONE)) {
            DicomWebClient client = client(server, "first\n");
            client.check();
            Files.writeString(file, "second");
            client.check();
            assertThat(shown(server)).containsExactly("Bearer first", "Bearer second");
        }
    }

    @Test
    void aTokenThatWasRenewedMeanwhileIsShownAfterARefusal() throws IOException {
        try (ScriptedServer server = new ScriptedServer(
                (request, out) -> {
                    Files.writeString(file, "fresh");
                    UNAUTHORIZED.answer(request, out);
                },
                DONE)) {
            client(server, "stale").check();
            assertThat(shown(server)).containsExactly("Bearer stale", "Bearer fresh");
        }
    }

    @Test
    void aRefusedTokenIsNotShownForEver() throws IOException {
        try (ScriptedServer server = new ScriptedServer(UNAUTHORIZED)) {
            DicomWebClient client = client(server, "wrong");
            WebException failure = catchThrowableOfType(WebException.class, client::check);
            assertThat(failure.kind()).isEqualTo(WebException.Kind.UNAUTHORIZED);
            assertThat(failure).hasMessageNotContaining("wrong");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aGrantedTokenIsKeptAsLongAsItIsGood() throws IOException {
        try (ScriptedServer tokens = new ScriptedServer(token("t1", 3600), token("t2", 3600));
                ScriptedServer server = new ScriptedServer(DONE)) {
            DicomWebClient client =
                    client(server, grant(tokens, ",\"clientSecret\":\"s:e&c\",\"scope\":\"system/*.rs\""));
            client.check();
            client.check();
            assertThat(shown(server)).containsExactly("Bearer t1", "Bearer t1");
            assertThat(tokens.requests()).singleElement().satisfies(request -> {
                assertThat(request.body()).isEqualTo("grant_type=client_credentials&scope=system%2F*.rs");
                assertThat(new String(
                                Base64.getDecoder().decode(shown(tokens).get(0).substring(6)),
                                StandardCharsets.US_ASCII))
                        .isEqualTo("con+sole:s%3Ae%26c");
            });
        }
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() {
        assertThat(TokenGrant.renewAt(Instant.EPOCH, 3600)).isEqualTo(Instant.EPOCH.plusSeconds(3540));
        assertThat(TokenGrant.renewAt(Instant.EPOCH, 40)).isEqualTo(Instant.EPOCH.plusSeconds(30));
        assertThat(TokenGrant.renewAt(Instant.EPOCH, 0)).isEqualTo(Instant.MAX);
    }

    @Test
    void anExpiredTokenIsNotShownAgain() throws IOException {
        try (ScriptedServer tokens = new ScriptedServer(token("t1", 3600), token("t2", 3600))) {
            AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
            JsonNode json =
                    Json.parse("file", grant(tokens, ",\"clientSecret\":\"s\"").getBytes(StandardCharsets.UTF_8));
            WebConnection connection = new WebConnection(WebExamples.settings(tokens.base(), Optional.empty()));
            TokenGrant grant = TokenGrant.of(file, json, connection::send, now::get);
            assertThat(grant.token()).isEqualTo("t1");
            now.set(Instant.EPOCH.plusSeconds(3539));
            assertThat(grant.token()).isEqualTo("t1");
            now.set(Instant.EPOCH.plusSeconds(3540));
            assertThat(grant.token()).isEqualTo("t2");
        }
    }

    @Test
    void aGrantedTokenThatIsRefusedIsRenewedOnce() throws IOException {
        try (ScriptedServer tokens = new ScriptedServer(token("t1", 3600), token("t2", 3600), token("t3", 3600));
                ScriptedServer server = new ScriptedServer(UNAUTHORIZED, DONE, UNAUTHORIZED)) {
            DicomWebClient client = client(server, grant(tokens, ",\"clientSecret\":\"s\",\"secretIn\":\"body\""));
            client.check();
            assertThat(shown(server)).containsExactly("Bearer t1", "Bearer t2");
            assertThat(tokens.requests().get(0).body()).contains("client_id=con+sole&client_secret=s");
            assertThat(catchThrowableOfType(WebException.class, client::check).kind())
                    .isEqualTo(WebException.Kind.UNAUTHORIZED);
            assertThat(server.requests()).hasSize(4);
        }
    }

    @ParameterizedTest
    @CsvSource({"RS384, RSA, SHA384withRSA", "ES384, EC, SHA384withECDSAinP1363Format"})
    void aKeySignsForWhoWeAre(String algorithm, String kind, String signature)
            throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(kind.equals("EC") ? 384 : 2048);
        KeyPair keys = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("key.pem"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        try (ScriptedServer tokens = new ScriptedServer(token("t1", 60));
                ScriptedServer server = new ScriptedServer(DONE)) {
            client(
                            server,
                            grant(
                                    tokens,
                                    ",\"keyFile\":\"key.pem\",\"keyId\":\"k1\",\"algorithm\":\"" + algorithm + "\""))
                    .check();
            String form = tokens.requests().get(0).body();
            assertThat(form).contains("client_assertion_type=urn%3Aietf");
            String[] parts = URLDecoder.decode(form.replaceFirst(".*client_assertion=", ""), StandardCharsets.UTF_8)
                    .split("\\.");
            JsonNode claims = Json.parse("claims", Base64.getUrlDecoder().decode(parts[1]));
            assertThat(claims.path("iss").asText()).isEqualTo("con sole");
            assertThat(claims.path("aud").asText()).isEqualTo(tokens.base() + "/token");
            Signature check = Signature.getInstance(signature);
            check.initVerify(keys.getPublic());
            check.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            assertThat(check.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
        }
    }

    @Test
    void aRefusedGrantNamesTheReasonAndNoSecret() throws IOException {
        try (ScriptedServer tokens = new ScriptedServer(
                        reply("400 No", "", "{\"error\":\"invalid_client\",\"error_description\":\"hush\"}"));
                ScriptedServer server = new ScriptedServer(DONE)) {
            DicomWebClient client = client(server, grant(tokens, ",\"clientSecret\":\"hush\""));
            assertThat(catchThrowableOfType(WebException.class, client::check))
                    .hasMessageContaining("invalid_client")
                    .hasMessageNotContaining("hush");
            assertThat(server.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two words",
                "{\"user\"",
                "{}",
                "{\"tokenUrl\":\"http://elsewhere.example/token\",\"clientId\":\"c\",\"clientSecret\":\"hush\"}",
                "{\"tokenUrl\":\"no address\",\"clientId\":\"c\",\"clientSecret\":\"hush\"}",
            })
    void aFileWithoutUsableCredentialsIsNamedAndNothingIsSent(String text) throws IOException {
        try (ScriptedServer server = new ScriptedServer(DONE)) {
            DicomWebClient client = client(server, text);
            assertThat(catchThrowableOfType(WebException.class, client::check))
                    .hasMessageContaining("credentials")
                    .hasMessageNotContaining("hush");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aTokenIsNotSentInTheOpen() throws IOException {
        Files.writeString(file, "secret");
        AtomicInteger sent = new AtomicInteger();
        Credentials credentials =
                new Credentials(Optional.of(file), URI.create("http://pacs.example/dicom-web"), call -> {
                    sent.incrementAndGet();
                    throw new IllegalStateException();
                });
        assertThat(catchThrowableOfType(WebException.class, credentials::header))
                .hasMessageContaining("https")
                .hasMessageNotContaining("secret");
        assertThat(sent).hasValue(0);
    }
}
