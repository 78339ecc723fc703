package org.isocenter.hardware.marcos.server;

import java.io.IOException;

/** The client left while the server was busy for it, or the server is closing. */
final class ClientLeftException extends IOException {
    private static final long serialVersionUID = 1;

    ClientLeftException() {
        super("the client has left");
    }
}
