package org.isocenter.recon.remote;

import java.time.Duration;

/**
 * An MRD server and what is asked of it.
 *
 * @param host name or address
 * @param port 1 … 65535
 * @param configuration a name that the server knows, or a whole configuration as text
 * @param connectTimeout for each of the host's addresses
 * @param silence how long it may neither take nor send a byte while something is expected of it
 */
public record MrdServer(String host, int port, Configuration configuration, Duration connectTimeout, Duration silence) {
    /** Where Gadgetron and python-ismrmrd-server listen. */
    public static final int DEFAULT_PORT = 9002;

    /** A name that python-ismrmrd-server takes for its own default. */
    public static final String DEFAULT_CONFIGURATION = "default";

    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration SILENCE = Duration.ofSeconds(120);

    /**
     * Which reconstruction is asked for.
     *
     * @param name for people, and for the server when {@code text} is empty
     * @param text a configuration of the server's own kind, or empty
     */
    public record Configuration(String name, String text) {}

    /** As people write it. */
    public String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /**
     * Splits HOST:PORT, HOST or [IPv6]:PORT.
     *
     * @throws IllegalArgumentException when it is none of these; the message says what it is to be
     */
    public static MrdServer at(String address, Configuration configuration, Duration silence) {
        int colon = address.lastIndexOf(':');
        boolean bracketed = address.startsWith("[");
        boolean hasPort = colon > address.lastIndexOf(']') && (bracketed || colon == address.indexOf(':'));
        String host = hasPort ? address.substring(0, colon) : address;
        if (bracketed && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        int port = hasPort ? port(address.substring(colon + 1), address) : DEFAULT_PORT;
        if (host.isBlank() || host.contains("/") || host.contains("[") || host.contains("]")) {
            throw new IllegalArgumentException("'" + address + "' is no HOST:PORT");
        }
        return new MrdServer(host, port, configuration, CONNECT_TIMEOUT, silence);
    }

    private static int port(String digits, String address) {
        if (digits.matches("\\d{1,5}")) {
            int port = Integer.parseInt(digits);
            if (port >= 1 && port <= 65535) {
                return port;
            }
        }
        throw new IllegalArgumentException("'" + address + "' is no HOST:PORT: a port is 1 to 65535");
    }
}
