package org.isocenter.hardware.stream;

/**
 * A table has ended.
 *
 * @param windows whose readouts were sent whole
 * @param tick that was reached
 * @param text for people
 */
public record Over(Reason reason, int windows, long tick, String text) {
    public void write(FrameWriter frame) {
        frame.begin(FrameType.OVER)
                .u8(reason.ordinal())
                .u8(0)
                .u16(0)
                .u32(windows)
                .u64(tick)
                .text(text);
    }

    public static Over read(Frame frame) throws FrameFormatException {
        Reason reason = Reason.of(frame.u8());
        frame.skip(3);
        return new Over(reason, frame.count(), frame.u64(), frame.text());
    }
}
