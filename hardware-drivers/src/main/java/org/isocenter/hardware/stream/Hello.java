package org.isocenter.hardware.stream;

/**
 * The host begins a session or goes on with one.
 *
 * @param lowest version of the protocol that it speaks
 * @param highest version that it speaks
 * @param resume whether to go on with the session in the frame's header
 * @param next number of the numbered frame that it expects next
 * @param largest longest frame that it takes, in bytes
 * @param window bytes of numbered frames that may be on their way to it
 * @param host who it is
 */
public record Hello(int lowest, int highest, boolean resume, int next, int largest, int window, String host) {
    public static final int VERSION = 1;
    /** Shortest that may be a longest frame to a host. */
    static final int LEAST_LARGEST = 512;

    public void write(FrameWriter frame) {
        frame.begin(FrameType.HELLO)
                .u16(lowest)
                .u16(highest)
                .u8(resume ? 1 : 0)
                .u8(0)
                .u16(0)
                .u32(next)
                .u32(largest)
                .u32(window)
                .text(host);
    }

    public static Hello read(Frame frame) throws FrameFormatException {
        int lowest = frame.u16();
        int highest = frame.u16();
        boolean resume = frame.u8() == 1;
        frame.skip(3);
        int next = frame.u32();
        int largest = frame.count();
        int window = frame.count();
        if (largest < LEAST_LARGEST || window < largest) {
            throw new FrameFormatException("a HELLO frame has a largest frame of " + largest + " and a window of "
                    + window + " bytes: expected at least " + LEAST_LARGEST + " and no smaller window");
        }
        return new Hello(lowest, highest, resume, next, largest, window, frame.text());
    }
}
