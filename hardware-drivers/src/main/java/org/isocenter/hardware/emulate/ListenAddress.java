package org.isocenter.hardware.emulate;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.isocenter.hardware.ScannerException;

/**
 * Where an emulator listens and what it plays on: {@code SCHEME://HOST:PORT?KEY=VALUE&…} or {@code SCHEME:/dev/NAME?KEY=VALUE&…}.
 *
 * @param options as they were given, without escapes, in order
 */
public record ListenAddress(URI uri, Map<String, String> options) {
    /** Only programs on this computer can reach an emulator that was not told otherwise. */
    private static final String DEFAULT_HOST = "127.0.0.1";

    private static final String PROFILE = "profile";

    /** Throws with kind REFUSED for an option that is given twice. */
    public static ListenAddress of(URI uri) throws ScannerException {
        Map<String, String> options = new LinkedHashMap<>();
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String part : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            // A plus sign is a plus sign in an address, not a blank.
            String value = URLDecoder.decode(
                    equals < 0 ? "" : part.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            if (options.put(key, value) != null) {
                throw refused(uri, "option '" + key + "' is given twice: give it once");
            }
        }
        return new ListenAddress(uri, options);
    }

    public String scheme() {
        return uri.getScheme();
    }

    /** The computer's own when none was given. */
    public String host() {
        return uri.getHost() == null ? DEFAULT_HOST : uri.getHost();
    }

    /** 0 for any that is free. */
    public int port(int otherwise) {
        return uri.getPort() < 0 ? otherwise : uri.getPort();
    }

    /** The serial device. */
    public String path() {
        return uri.getPath();
    }

    /** The value of an option; null when it was not given. */
    public String option(String key) {
        return options.get(key);
    }

    /** What a driver is given to connect to this port, with those of the options that a driver knows too. */
    public URI served(int port, Set<String> driversOptions) {
        StringBuilder query = new StringBuilder();
        options.forEach((key, value) -> {
            if (driversOptions.contains(key)) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(key)
                        .append('=')
                        .append(escaped(value));
            }
        });
        String host = host().indexOf(':') >= 0 && !host().startsWith("[") ? "[" + host() + "]" : host();
        return URI.create(scheme()
                + (uri.getHost() == null
                                && uri.getPath() != null
                                && !uri.getPath().isEmpty()
                        ? ":" + uri.getRawPath()
                        : "://" + host + ":" + port)
                + query);
    }

    /**
     * The virtual scanner that is behind it: {@code profile} and all options but the emulator's own.
     *
     * @param own options of the emulator itself
     */
    URI virtualScanner(Set<String> own) throws ScannerException {
        StringBuilder address = new StringBuilder("virtual:");
        address.append(escaped(options.getOrDefault(PROFILE, "osi2one")));
        char separator = '?';
        for (Map.Entry<String, String> option : options.entrySet()) {
            if (!own.contains(option.getKey()) && !PROFILE.equals(option.getKey())) {
                address.append(separator).append(option.getKey()).append('=').append(escaped(option.getValue()));
                separator = '&';
            }
        }
        try {
            return new URI(address.toString());
        } catch (URISyntaxException e) {
            throw refused(uri, "its options make no address of a virtual scanner: " + e.getMessage());
        }
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    /** That the address cannot be: kind REFUSED. */
    public ScannerException refused(String problem) {
        return refused(uri, problem);
    }

    private static ScannerException refused(URI uri, String problem) {
        return new ScannerException(ScannerException.Kind.REFUSED, uri.toString(), problem);
    }
}
