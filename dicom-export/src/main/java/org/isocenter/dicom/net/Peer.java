package org.isocenter.dicom.net;

import java.util.Optional;

/**
 * Another application entity.
 *
 * @param name what people call it
 * @param aeTitle 1 to 16 characters of ASCII without backslash
 * @param host name or address
 * @param port 1 to 65535
 * @param tls how to secure the connection; empty for none
 */
public record Peer(String name, String aeTitle, String host, int port, Optional<TlsSettings> tls) {
    /** @throws IllegalArgumentException for a title, host or port that cannot be */
    public Peer {
        AeTitle.check(aeTitle);
        if (host.isBlank()) {
            throw new IllegalArgumentException("the host of " + aeTitle + " is missing");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port of " + aeTitle + " is " + port + ": it must be 1 to 65535");
        }
    }

    /** Without TLS, named by its title. */
    public static Peer of(String aeTitle, String host, int port) {
        return new Peer(aeTitle, aeTitle, host, port, Optional.empty());
    }

    /** For messages: "PACS (archive.example:104)". */
    @Override
    public String toString() {
        return aeTitle + " (" + host + ":" + port + (tls.isPresent() ? ", TLS)" : ")");
    }
}
