package org.isocenter.dicom.net;

/** The DIMSE services that are spoken here (PS3.7 E.1), by the command field of their requests. */
public enum Operation {
    C_STORE(0x0001),
    C_GET(0x0010),
    C_FIND(0x0020),
    C_MOVE(0x0021),
    C_ECHO(0x0030),
    N_EVENT_REPORT(0x0100),
    N_GET(0x0110),
    N_SET(0x0120),
    N_ACTION(0x0130),
    N_CREATE(0x0140);

    /** Set in the command field of a response. */
    static final int RESPONSE = 0x8000;

    /** C-CANCEL, which asks for the end of another operation and has no response of its own. */
    static final int CANCEL = 0x0FFF;

    private final int commandField;

    Operation(int commandField) {
        this.commandField = commandField;
    }

    int commandField() {
        return commandField;
    }

    /** Whether it is one of the normalized services, which name their instance as requested or affected one. */
    boolean isNormalized() {
        return commandField >= 0x0100;
    }

    /** Whether its request says Requested SOP Class UID rather than Affected SOP Class UID. */
    boolean isOfRequestedInstance() {
        return this == N_GET || this == N_SET || this == N_ACTION;
    }

    /** Whether it is sent by the service class provider to the user. */
    boolean isSentByProvider() {
        return this == N_EVENT_REPORT;
    }

    /** The operation of a request's command field; null when it is none of these. */
    static Operation of(int commandField) {
        for (Operation operation : values()) {
            if (operation.commandField == commandField) {
                return operation;
            }
        }
        return null;
    }

    /** As the standard writes it: "C-STORE". */
    @Override
    public String toString() {
        return name().replace('_', '-');
    }
}
