package org.isocenter.hardware.stream;

/** What a frame says; the payloads are described in {@code docs/event-stream.md}. */
public enum FrameType {
    HELLO(0x01),
    CONTROL(0x02),
    HEARTBEAT(0x03),
    ACK(0x04),
    ARM(0x10),
    EVENTS(0x11),
    END(0x12),
    START(0x13),
    CLEAR(0x14),
    WELCOME(0x81),
    REJECT(0x82),
    STATUS(0x83),
    READOUT(0x90),
    OVER(0x91),
    REFUSED(0x92);

    private static final FrameType[] BY_CODE = new FrameType[256];

    static {
        for (FrameType type : values()) {
            BY_CODE[type.code] = type;
        }
    }

    private final int code;

    FrameType(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** Whether frames of this type are numbered, acknowledged and sent again when lost. */
    public boolean numbered() {
        return numbered(code);
    }

    /** The same for a type that may be unknown. */
    static boolean numbered(int code) {
        return (code & 0x70) == 0x10;
    }

    /** Null when there is none with this code, 0…255. */
    static FrameType of(int code) {
        return BY_CODE[code];
    }
}
