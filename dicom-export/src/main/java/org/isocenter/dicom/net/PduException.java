package org.isocenter.dicom.net;

import java.io.IOException;

/** A PDU that cannot be: what is wrong, and the reason for A-ABORT (PS3.8 table 9-26). */
final class PduException extends IOException {
    private static final long serialVersionUID = 1L;

    static final int UNRECOGNIZED_PDU = 1;
    static final int UNEXPECTED_PDU = 2;
    static final int UNEXPECTED_PARAMETER = 5;
    static final int INVALID_PARAMETER = 6;

    private final int reason;

    PduException(int reason, String message) {
        super(message);
        this.reason = reason;
    }

    int reason() {
        return reason;
    }
}
