package org.isocenter.dicom.web;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.isocenter.dicom.net.TlsContext;
import org.isocenter.dicom.web.WebException.Kind;

/** Failures of HTTP in words, and whether they will pass. */
final class Failures {
    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 500, 502, 503, 504, 507, 509);
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(400, "calls the request wrong: it may not support this service"),
            Map.entry(401, "wants other credentials: check the credentials file, or renew the token"),
            Map.entry(403, "does not allow this with these credentials: ask its administrator"),
            Map.entry(404, "knows no such service or object: check the address"),
            Map.entry(405, "does not offer this service: check the address"),
            Map.entry(406, "cannot answer in a form that is understood here"),
            Map.entry(408, "waited too long for the request"),
            Map.entry(409, "refuses: what it holds contradicts the request"),
            Map.entry(412, "found several that fit where one was expected"),
            Map.entry(413, "takes no request of this size"),
            Map.entry(415, "does not take this kind of content"),
            Map.entry(422, "finds the content not to its rules"),
            Map.entry(429, "wants fewer requests for a while"),
            Map.entry(500, "failed: see its log"),
            Map.entry(501, "does not offer this service"),
            Map.entry(502, "stands behind a gateway that cannot reach it"),
            Map.entry(503, "is busy or being looked after"),
            Map.entry(504, "stands behind a gateway that cannot reach it"),
            Map.entry(507, "has no room left"));

    private Failures() {}

    /** The exception for a failed exchange. Its cause is not kept where its text could repeat what was sent. */
    static WebException of(String where, Throwable problem) {
        boolean tooLate = false;
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebException ours) {
                return ours;
            }
            if (cause instanceof CancellationException) {
                return new WebException(Kind.CANCELLED, where + ": cancelled");
            }
            if (cause instanceof SSLException tls) {
                return new WebException(Kind.TLS, TlsContext.explain(where, tls));
            }
            if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
                return new WebException(Kind.UNREACHABLE, where + ": there is no host of this name: check the address");
            }
            tooLate |= cause instanceof HttpTimeoutException && !(cause instanceof HttpConnectTimeoutException);
        }
        if (tooLate) {
            return new WebException(Kind.TIMEOUT, where + ": no answer in time: try again later");
        }
        if (problem instanceof HttpConnectTimeoutException) {
            return new WebException(
                    Kind.UNREACHABLE, where + ": no connection in time: check the address and the network");
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return new WebException(
                        Kind.UNREACHABLE, where + ": no connection: check the address, and that the server is running");
            }
        }
        // With TLS 1.3 a server tells only then, and often by silence, that it does not like our certificate.
        String remedy =
                where.startsWith("https:") ? "try again, and check whether it wants a certificate" : "try again";
        return new WebException(Kind.CLOSED, where + ": the connection ended before the reply was whole: " + remedy);
    }

    /** What to tell instead of sending more after a reply that was one, but asks for a pause. */
    static Optional<WebException> ofPause(String where, int status, String retryAfter, Instant now) {
        return Optional.ofNullable(wait(retryAfter, now))
                .filter(pause -> !pause.isZero())
                .map(pause -> new WebException(
                        Kind.BUSY,
                        status,
                        pause,
                        where + ": the server asks for a pause before it is sent more (HTTP " + status + ")"));
    }

    /** The exception for a status that is no success. */
    static WebException ofStatus(String where, int status, String retryAfter, Instant now) {
        Kind kind;
        if (status == 401) {
            kind = Kind.UNAUTHORIZED;
        } else if (PASSING.contains(status)) {
            kind = Kind.BUSY;
        } else {
            kind = status >= 400 && status < 600 ? Kind.REFUSED : Kind.PROTOCOL;
        }
        String words = WORDS.getOrDefault(
                status, status >= 400 && status < 600 ? "refuses" : "answers in a way that is not understood");
        return new WebException(
                kind, status, wait(retryAfter, now), where + ": the server " + words + " (HTTP " + status + ")");
    }

    /** Retry-After (RFC 9110 10.2.3), in seconds or as a date; null when it tells neither. */
    private static Duration wait(String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        Duration wait;
        if (SECONDS.matcher(retryAfter.strip()).matches()) {
            wait = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
        } else {
            try {
                wait = Duration.between(
                        now,
                        ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                                .toInstant());
            } catch (DateTimeParseException e) {
                return null;
            }
        }
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
}
