package org.isocenter.hardware.stream;

/**
 * What END says of the table before it.
 *
 * @param frames EVENTS frames since ARM
 * @param events values and windows in all of them
 */
public record TableEnd(int frames, long events) {
    void write(FrameWriter frame) {
        frame.begin(FrameType.END).u32(frames).u32(0).u64(events);
    }

    public static TableEnd read(Frame frame) throws FrameFormatException {
        int frames = frame.u32();
        frame.skip(4);
        return new TableEnd(frames, frame.u64());
    }
}
