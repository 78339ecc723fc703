package org.isocenter.hardware.stream;

/**
 * The device does not do what a numbered frame asks for.
 *
 * @param type of that frame; null when this side does not know it either
 * @param number of that frame
 * @param text for people
 */
public record Refused(FrameType type, Reason reason, int number, String text) {
    /** @param frame that is refused */
    public static Refused of(Frame frame, Reason reason, String text) {
        return new Refused(frame.type(), reason, frame.number(), text);
    }

    public void write(FrameWriter frame) {
        frame.begin(FrameType.REFUSED)
                .u8(type == null ? 0 : type.code())
                .u8(reason.ordinal())
                .u16(0)
                .u32(number)
                .text(text);
    }

    public static Refused read(Frame frame) throws FrameFormatException {
        FrameType type = FrameType.of(frame.u8());
        Reason reason = Reason.of(frame.u8());
        frame.skip(2);
        return new Refused(type, reason, frame.u32(), frame.text());
    }
}
