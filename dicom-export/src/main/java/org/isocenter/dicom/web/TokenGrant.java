package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.isocenter.dicom.web.WebException.Kind;

/**
 * OAuth's client credentials grant (RFC 6749 4.4): a token for this console itself, kept until shortly before it expires.
 * The client shows its secret in the header (the default) or, with {@code "secretIn": "body"}, in the form; or it signs an
 * assertion with a private key ({@code keyFile}, {@code algorithm}, {@code keyId}; RFC 7523 2.2), as SMART backend services
 * and OpenEMR ask. One thread at a time.
 */
final class TokenGrant {
    private static final int MAX_REPLY_BYTES = 256 << 10;
    /** So that a token does not expire on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    private static final long MAX_SECONDS = Duration.ofDays(365).toSeconds();

    private static final Set<String> ERRORS = Set.of(
            "invalid_request",
            "invalid_client",
            "invalid_grant",
            "unauthorized_client",
            "unsupported_grant_type",
            "invalid_scope");

    private final Path file;
    private final JsonNode settings;
    private final URI tokenUri;
    private final Credentials.Exchange exchange;
    private final Supplier<Instant> clock;
    private String token;
    private Instant renewAt = Instant.MAX;

    private TokenGrant(
            Path file, JsonNode settings, URI tokenUri, Credentials.Exchange exchange, Supplier<Instant> clock) {
        this.file = file;
        this.settings = settings;
        this.tokenUri = tokenUri;
        this.exchange = exchange;
        this.clock = clock;
    }

    /** @param settings what the file holds */
    static TokenGrant of(Path file, JsonNode settings, Credentials.Exchange exchange, Supplier<Instant> clock)
            throws WebException {
        URI uri;
        try {
            uri = URI.create(settings.path("tokenUrl").asText());
        } catch (IllegalArgumentException e) {
            uri = URI.create("");
        }
        if (uri.getHost() == null || settings.path("clientId").asText().isEmpty()) {
            throw new WebException(
                    Kind.LOCAL,
                    file + ": expected user and password, or tokenUrl, clientId and clientSecret or keyFile");
        }
        if (!Credentials.isPrivate(uri)) {
            throw new WebException(Kind.LOCAL, file + ": tokenUrl must be an https address: a secret goes there");
        }
        return new TokenGrant(file, settings, uri, exchange, clock);
    }

    /** One that is good for a while yet. */
    String token() throws WebException {
        if (token == null || !clock.get().isBefore(renewAt)) {
            fetch();
        }
        return token;
    }

    /** The server did not take it: the next {@link #token} is a new one. */
    void forget() {
        token = null;
    }

    private void fetch() throws WebException {
        String where = tokenUri.getScheme() + "://" + tokenUri.getRawAuthority() + tokenUri.getRawPath();
        try (WebConnection.Reply reply = exchange.send(request())) {
            byte[] bytes = reply.bytes(where, MAX_REPLY_BYTES);
            if (reply.status() != 200) {
                throw refused(where, reply, bytes);
            }
            JsonNode json = Json.parse(where, bytes);
            String given = json.path("access_token").asText();
            if (given.isEmpty() || !json.path("token_type").asText("bearer").equalsIgnoreCase("bearer")) {
                throw new WebException(Kind.PROTOCOL, where + ": the reply holds no bearer token: check tokenUrl");
            }
            token = given;
            long seconds = Math.min(json.path("expires_in").asLong(0), MAX_SECONDS);
            renewAt = renewAt(clock.get(), seconds);
        } catch (WebException e) {
            throw e;
        } catch (IOException e) {
            throw Failures.of(where, e);
        }
    }

    /** When to ask for the next one; never by itself when the server does not say how long this one is good. */
    static Instant renewAt(Instant now, long seconds) {
        if (seconds <= 0) {
            return Instant.MAX;
        }
        Duration quarter = Duration.ofSeconds(seconds / 4);
        return now.plusSeconds(seconds).minus(quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN);
    }

    private WebException refused(String where, WebConnection.Reply reply, byte[] bytes) {
        String error = "";
        try {
            error = Json.parse(where, bytes).path("error").asText();
        } catch (WebException e) {
            // No OAuth error in it: the status has to do.
            error = "";
        }
        if (ERRORS.contains(error)) {
            return new WebException(
                    Kind.UNAUTHORIZED, reply.status(), null, where + ": gives no token (" + error + "): check " + file);
        }
        return Failures.ofStatus(where, reply.status(), reply.header("Retry-After"), Instant.now());
    }

    private WebConnection.Call request() throws WebException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        headers.put("Accept", "application/json");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        if (settings.has("scope")) {
            form.put("scope", settings.path("scope").asText());
        }
        String clientId = settings.path("clientId").asText();
        String secret = settings.path("clientSecret").asText();
        if (settings.has("keyFile")) {
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", assertion(clientId));
        } else if (settings.path("secretIn").asText().equals("body")) {
            form.put("client_id", clientId);
            form.put("client_secret", secret);
        } else {
            String pair = encoded(clientId) + ":" + encoded(secret);
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII)));
        }
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return new WebConnection.Call("POST", tokenUri, headers, BodyPublishers.ofString(body));
    }

    private String assertion(String clientId) throws WebException {
        Path key = file.resolveSibling(settings.path("keyFile").asText());
        return ClientAssertion.sign(
                key,
                settings.path("algorithm").asText("RS384"),
                settings.path("keyId").asText(),
                clientId,
                tokenUri);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
