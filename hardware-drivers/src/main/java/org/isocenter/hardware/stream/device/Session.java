package org.isocenter.hardware.stream.device;

import org.isocenter.hardware.stream.Exchange;

/** The host that the device serves. Guarded by the device. */
final class Session {
    final Exchange exchange;
    final long token;
    /** Longest frame that the host takes. */
    final int largest;

    /** Null while the link is lost. */
    HostLink main;

    /** Null when there is none. */
    HostLink control;

    /** Count of the last heartbeat. */
    int beat;

    long heartbeatNanos = System.nanoTime();
    /** Payload bytes of EVENTS since the session began. */
    long eventBytes;

    Session(Exchange exchange, long token, int largest) {
        this.exchange = exchange;
        this.token = token;
        this.largest = largest;
    }

    /** When the host last showed that it lives: on a serial line by any frame. */
    long lifeSignNanos() {
        return main != null && main.serial()
                ? Math.max(heartbeatNanos, main.line().heardNanos())
                : heartbeatNanos;
    }

    int id() {
        return exchange.session();
    }

    /** The connection for heartbeats and status. */
    HostLink beside() {
        return control != null ? control : main;
    }
}
