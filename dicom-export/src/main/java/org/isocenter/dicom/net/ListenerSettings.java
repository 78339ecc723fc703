package org.isocenter.dicom.net;

import java.util.List;
import java.util.Optional;

/**
 * How a {@link DicomListener} listens.
 *
 * @param port 1 to 65535; 0 lets the system choose
 * @param peers who may open associations, by title and host
 * @param maxAssociations at once, 1 to 1000
 * @param tls our certificate, which is needed then, and whose client certificates are trusted; empty for no TLS
 */
public record ListenerSettings(int port, List<Peer> peers, int maxAssociations, Optional<TlsSettings> tls) {
    /** @throws IllegalArgumentException for a value that cannot be */
    public ListenerSettings {
        peers = List.copyOf(peers);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("the port to listen on is " + port + ": it must be 1 to 65535");
        }
        if (maxAssociations < 1 || maxAssociations > 1000) {
            throw new IllegalArgumentException(
                    "the most associations at once are " + maxAssociations + ": it must be 1 to 1000");
        }
        if (tls.isPresent() && tls.get().identity().isEmpty()) {
            throw new IllegalArgumentException("to listen with TLS, a certificate of our own is needed");
        }
    }

    /** Without TLS, for sixteen associations. */
    public static ListenerSettings of(int port, List<Peer> peers) {
        return new ListenerSettings(port, peers, 16, Optional.empty());
    }
}
