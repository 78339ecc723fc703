package org.isocenter.hardware.stream;

/** The device does not speak with this host now. */
public record Reject(Code code, String text) {
    /** Why; the number on the line is one more than the ordinal. */
    public enum Code {
        VERSION,
        BUSY,
        NO_SESSION,
        TOKEN
    }

    public void write(FrameWriter frame) {
        frame.begin(FrameType.REJECT).u8(code.ordinal() + 1).u8(0).u16(0).text(text);
    }

    public static Reject read(Frame frame) throws FrameFormatException {
        int code = frame.u8();
        Code[] all = Code.values();
        if (code < 1 || code > all.length) {
            throw new FrameFormatException("a REJECT frame has the unknown code " + code);
        }
        frame.skip(3);
        return new Reject(all[code - 1], frame.text());
    }
}
