package org.isocenter.hardware.transport;

import java.io.IOException;

/** The other side takes no more bytes. */
public final class TransportTimeoutException extends IOException {
    private static final long serialVersionUID = 1;
    private final int taken;

    /** @param taken bytes of the call that the link has taken */
    public TransportTimeoutException(String link, int taken, int timeoutMillis) {
        super(link + " took no more bytes for " + timeoutMillis + " ms, after " + taken);
        this.taken = taken;
    }

    public int taken() {
        return taken;
    }
}
