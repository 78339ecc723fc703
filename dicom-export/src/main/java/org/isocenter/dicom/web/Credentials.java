package org.isocenter.dicom.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.isocenter.dicom.web.WebException.Kind;

/**
 * What is shown to a server, from a file that is read again for each request, so that another program may renew it. The file
 * holds either a bearer token and nothing else, or JSON:
 *
 * <ul>
 *   <li>{@code {"user": …, "password": …}}: HTTP basic authentication (RFC 7617);
 *   <li>{@code {"tokenUrl": …, "clientId": …, "clientSecret": …}}: the client credentials grant of OAuth (RFC 6749 4.4), see
 *       {@link TokenGrant}.
 * </ul>
 *
 * Tokens and client secrets go over https only, or to this machine (RFC 6750 5.3). Any thread.
 */
final class Credentials {
    private static final int MAX_FILE_BYTES = 64 << 10;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Sends a request that carries its own credentials. */
    @FunctionalInterface
    interface Exchange {
        WebConnection.Reply send(WebConnection.Call call) throws WebException;
    }

    private final Optional<Path> file;
    private final URI base;
    private final Exchange exchange;
    /** What the file held when {@link #grant} was made. */
    private byte[] grantText = {};

    private TokenGrant grant;

    Credentials(Optional<Path> file, URI base, Exchange exchange) {
        this.file = file;
        this.base = base;
        this.exchange = exchange;
    }

    /** The Authorization header; empty when there is nothing to show. */
    synchronized Optional<String> header() throws WebException {
        if (file.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = read(file.get());
        String text = new String(bytes, StandardCharsets.UTF_8).strip();
        if (!text.startsWith("{")) {
            return Optional.of(bearer(text));
        }
        JsonNode json = Json.parse(file.get().toString(), bytes);
        if (json.has("user")) {
            String pair =
                    json.path("user").asText() + ":" + json.path("password").asText();
            return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        }
        if (grant == null || !Arrays.equals(bytes, grantText)) {
            grant = TokenGrant.of(file.get(), json, exchange, Instant::now);
            grantText = bytes;
        }
        return Optional.of(bearer(grant.token()));
    }

    /** Another header than the one that was refused; empty when there is none. */
    synchronized Optional<String> renewed(String refused) throws WebException {
        if (grant != null) {
            grant.forget();
        }
        return header().filter(header -> !header.equals(refused));
    }

    /** Whether a secret may be sent there in the open. */
    static boolean isPrivate(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme())
                || uri.getHost() != null && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
    }

    private String bearer(String token) throws WebException {
        if (!TOKEN.matcher(token).matches()) {
            throw new WebException(
                    Kind.LOCAL, file.orElseThrow() + ": holds no token: expected one, and nothing else, or JSON");
        }
        if (!isPrivate(base)) {
            throw new WebException(
                    Kind.LOCAL, base + ": a token is not sent over plain http: use the server's https address");
        }
        return "Bearer " + token;
    }

    /** @param file of at most {@value #MAX_FILE_BYTES} bytes */
    static byte[] read(Path file) throws WebException {
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
            if (bytes.length > MAX_FILE_BYTES) {
                throw new WebException(Kind.LOCAL, file + ": is too large for a file with credentials or a key");
            }
            return bytes;
        } catch (WebException e) {
            throw e;
        } catch (IOException e) {
            throw new WebException(
                    Kind.LOCAL, file + ": cannot be read: see that it is there and that this user may read it");
        }
    }
}
