package org.isocenter.dicom.web;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.TlsContext;
import org.isocenter.dicom.net.TlsSettings;
import org.isocenter.dicom.web.WebException.Kind;

/**
 * HTTP/1.1 to one server, with credentials, time-outs and limits. Any thread, several at once. After {@link #abort} it is of
 * no more use. Credentials go to the server of the settings and to no other: a redirect is followed within it only.
 */
final class WebConnection {
    private static final int MAX_REDIRECTS = 5;
    private static final int DRAINED_BYTES = 64 << 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /**
     * What is asked.
     *
     * @param body can be sent more than once
     */
    record Call(String method, URI uri, Map<String, String> headers, BodyPublisher body) {
        static Call get(URI uri, String accept) {
            return new Call("GET", uri, Map.of("Accept", accept), BodyPublishers.noBody());
        }

        private Call to(URI other) {
            return new Call(method, other, headers, body);
        }
    }

    /** The reply's beginning; its body is still to be read. To be closed. */
    record Reply(int status, HttpHeaders headers, BodyStream body) implements Closeable {
        String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        /** The whole body, when it has at most {@code limit} bytes. */
        byte[] bytes(String where, int limit) throws IOException {
            byte[] bytes = body.readNBytes(limit);
            if (bytes.length == limit && body.read() >= 0) {
                close();
                throw new WebException(
                        Kind.PROTOCOL, where + ": the reply has more than " + limit + " bytes, which is not read");
            }
            return bytes;
        }

        @Override
        public void close() {
            body.close();
        }
    }

    private final WebSettings settings;
    private final String where;
    private final HttpClient client;
    private final Credentials credentials;
    private final Set<CompletableFuture<?>> waiting = ConcurrentHashMap.newKeySet();
    private final Set<BodyStream> reading = ConcurrentHashMap.newKeySet();
    private volatile boolean aborted;

    /** @throws WebException of kind TLS when a certificate or key cannot be read */
    WebConnection(WebSettings settings) throws WebException {
        this.settings = settings;
        where = settings.base().toString();
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.connectTimeout());
        if (settings.tls().isPresent()) {
            SSLContext context = context(settings.tls().get());
            builder.sslContext(context).sslParameters(TlsContext.restricted(context.getDefaultSSLParameters()));
        }
        client = builder.build();
        credentials = new Credentials(settings.credentials(), settings.base(), call -> exchange(call, null));
    }

    private static SSLContext context(TlsSettings tls) throws WebException {
        try {
            return TlsContext.of(tls);
        } catch (DicomNetException e) {
            throw new WebException(Kind.TLS, e.getMessage());
        }
    }

    /** The server, for messages. */
    String where() {
        return where;
    }

    /** {@code path} behind the base address; both are encoded already. */
    URI uri(String path) {
        return URI.create(where + path);
    }

    /** Whether credentials may be shown there. */
    boolean isSameOrigin(URI uri) {
        return origin(settings.base()).equals(origin(uri));
    }

    /**
     * Sends, with credentials that are renewed once when the server does not take them, and follows redirects.
     *
     * @return a reply of any status but a redirect
     */
    Reply send(Call call) throws WebException {
        Call next = call;
        for (int redirects = 0; ; redirects++) {
            Reply reply = authorized(next);
            if (!REDIRECTS.contains(reply.status())) {
                return reply;
            }
            drain(reply);
            next = next.to(redirected(next, reply, redirects));
        }
    }

    /** The reply when it is a success (2xx). */
    Reply sendForSuccess(Call call) throws WebException {
        Reply reply = send(call);
        if (reply.status() / 100 == 2) {
            return reply;
        }
        WebException problem = failure(reply);
        drain(reply);
        throw problem;
    }

    WebException failure(Reply reply) {
        return Failures.ofStatus(where, reply.status(), reply.header("Retry-After"), Instant.now());
    }

    /** What to tell instead of sending more, when a reply that was one asks for a pause. */
    Optional<WebException> pause(Reply reply) {
        return Failures.ofPause(where, reply.status(), reply.header("Retry-After"), Instant.now());
    }

    /** Ends what is under way, from any thread; nothing can be sent afterwards. */
    void abort() {
        aborted = true;
        waiting.forEach(future -> future.cancel(true));
        reading.forEach(BodyStream::close);
    }

    private Reply authorized(Call call) throws WebException {
        Optional<String> shown = credentials.header();
        Reply reply = exchange(call, shown.orElse(null));
        if (reply.status() != 401 || shown.isEmpty()) {
            return reply;
        }
        Optional<String> renewed = credentials.renewed(shown.get());
        if (renewed.isEmpty()) {
            return reply;
        }
        drain(reply);
        return exchange(call, renewed.get());
    }

    private URI redirected(Call call, Reply reply, int redirects) throws WebException {
        boolean repeats = call.method().equals("GET") || reply.status() == 307 || reply.status() == 308;
        String location = reply.header("Location");
        if (location == null || !repeats || redirects == MAX_REDIRECTS) {
            throw new WebException(
                    Kind.PROTOCOL,
                    reply.status(),
                    null,
                    where + ": the server sends us elsewhere without end or sense: check the address");
        }
        URI target;
        try {
            target = call.uri().resolve(location);
        } catch (IllegalArgumentException e) {
            throw new WebException(Kind.PROTOCOL, where + ": the server sends us to an address that is none");
        }
        if (!isSameOrigin(target)) {
            throw new WebException(
                    Kind.REFUSED,
                    reply.status(),
                    null,
                    where + ": the server sends us to another one (" + origin(target)
                            + "), which is not followed: give that one's address if you trust it");
        }
        return target;
    }

    private Reply exchange(Call call, String authorization) throws WebException {
        SentBody body = new SentBody(call.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(call.uri()).method(call.method(), body);
        request.setHeader("User-Agent", "Isocenter");
        call.headers().forEach(request::setHeader);
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        CompletableFuture<HttpResponse<BodyStream>> reply = client.sendAsync(request.build(), info -> newBody());
        waiting.add(reply);
        try {
            if (aborted) {
                reply.cancel(true);
            }
            HttpResponse<BodyStream> response = await(reply, body);
            return new Reply(response.statusCode(), response.headers(), response.body());
        } finally {
            waiting.remove(reply);
        }
    }

    private BodyStream newBody() {
        BodyStream body = new BodyStream(where, settings.stallTimeout(), reading::remove);
        reading.add(body);
        if (aborted) {
            body.close();
        }
        return body;
    }

    /** Waits as long as the request goes out, and then for the reply. */
    private HttpResponse<BodyStream> await(CompletableFuture<HttpResponse<BodyStream>> reply, SentBody sent)
            throws WebException {
        long patience =
                settings.replyTimeout().toNanos() + settings.connectTimeout().toNanos();
        try {
            while (true) {
                long left = sent.latestNanos() + patience - System.nanoTime();
                if (left <= 0) {
                    reply.cancel(true);
                    throw new WebException(
                            Kind.TIMEOUT,
                            where + ": no answer within "
                                    + settings.replyTimeout().toSeconds() + " s: try again later");
                }
                try {
                    return reply.get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException e) {
                    // Bytes may have gone out meanwhile: look again.
                    continue;
                }
            }
        } catch (InterruptedException e) {
            reply.cancel(true);
            Thread.currentThread().interrupt();
            throw new WebException(Kind.CANCELLED, where + ": cancelled");
        } catch (CancellationException e) {
            throw new WebException(Kind.CANCELLED, where + ": cancelled");
        } catch (ExecutionException e) {
            throw Failures.of(where, e.getCause());
        }
    }

    /** Reads a short rest so that the connection can be used again, and gives a long one up. */
    private static void drain(Reply reply) {
        try (reply) {
            reply.body().readNBytes(DRAINED_BYTES);
        } catch (IOException e) {
            // The reply's status said what mattered; a new connection is made when this one is broken.
            return;
        }
    }

    private static String origin(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return scheme + "://" + String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT) + ":" + port;
    }
}
