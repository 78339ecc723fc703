package org.isocenter.dicom.web;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.isocenter.dicom.net.TlsSettings;

/**
 * How to reach a web service.
 *
 * @param base what the services' paths are appended to: http or https, without user, query and fragment
 * @param credentials file with what to show to the server, see {@link Credentials}; read again for each request
 * @param tls own trust and certificate, for https; without it those that Java trusts
 * @param connectTimeout until a connection is there
 * @param replyTimeout from the last byte sent until the reply begins
 * @param stallTimeout without a byte while a body is under way
 */
public record WebSettings(
        URI base,
        Optional<Path> credentials,
        Optional<TlsSettings> tls,
        Duration connectTimeout,
        Duration replyTimeout,
        Duration stallTimeout) {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** A server may look through a whole request before it answers. */
    private static final Duration REPLY = Duration.ofMinutes(2);

    private static final Duration STALL = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException with a sentence when the address is none that can be used */
    public WebSettings {
        problem(base).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
        String text = base.toString();
        base = text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : base;
    }

    /** With the usual time-outs. */
    public static WebSettings of(URI base, Optional<Path> credentials, Optional<TlsSettings> tls) {
        return new WebSettings(base, credentials, tls, CONNECT, REPLY, STALL);
    }

    /** Why an address cannot be used, as a sentence with a remedy; empty when it can. */
    public static Optional<String> problem(URI base) {
        boolean web = base.getScheme() != null
                && Set.of("http", "https").contains(base.getScheme().toLowerCase(Locale.ROOT));
        if (!web || base.getHost() == null) {
            return Optional.of("expected an address like https://host/dicom-web");
        }
        if (base.getRawUserInfo() != null) {
            return Optional.of("the address holds a user or password: put them into a credentials file");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            return Optional.of("the address has a part behind '?' or '#': leave it out");
        }
        return Optional.empty();
    }

    /** No credentials, as everywhere. */
    @Override
    public String toString() {
        return "WebSettings[" + base + "]";
    }
}
