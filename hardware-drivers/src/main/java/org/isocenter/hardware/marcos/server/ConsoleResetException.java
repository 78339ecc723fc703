package org.isocenter.hardware.marcos.server;

import java.io.IOException;

/** The console restarts, as after a power failure: whoever is connected loses the connection. */
final class ConsoleResetException extends IOException {
    private static final long serialVersionUID = 1;

    ConsoleResetException() {
        super("the console restarts");
    }
}
