package org.isocenter.hardware.marcos.server;

import java.io.IOException;

/** What a client sent cannot be simulated, though a console would have played it. */
final class SimulationException extends IOException {
    private static final long serialVersionUID = 1;

    SimulationException(String message) {
        super(message);
    }
}
