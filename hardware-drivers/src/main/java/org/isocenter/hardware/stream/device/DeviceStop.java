package org.isocenter.hardware.stream.device;

import org.isocenter.hardware.stream.Reason;

/** The device has to stop; the message is for people. */
final class DeviceStop extends Exception {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    DeviceStop(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }
}
