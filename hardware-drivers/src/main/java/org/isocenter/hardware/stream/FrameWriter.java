package org.isocenter.hardware.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Builds one frame after another in a buffer that is used again: header, payload, CRC-32C; little endian. One thread. */
public final class FrameWriter {
    static final int HEADER_BYTES = 8;
    static final int CRC_BYTES = 4;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer frame;

    /** @param largest longest frame, from header to CRC, in bytes */
    public FrameWriter(int largest) {
        frame = ByteBuffer.allocate(largest).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The payload follows. */
    public FrameWriter begin(FrameType type) {
        frame.clear();
        frame.put((byte) type.code()).put((byte) 0).putShort((short) 0).putInt(0);
        return this;
    }

    public FrameWriter u8(int value) {
        frame.put((byte) value);
        return this;
    }

    public FrameWriter u16(int value) {
        frame.putShort((short) value);
        return this;
    }

    public FrameWriter u32(int value) {
        frame.putInt(value);
        return this;
    }

    public FrameWriter u64(long value) {
        frame.putLong(value);
        return this;
    }

    public FrameWriter f32(float value) {
        frame.putFloat(value);
        return this;
    }

    public FrameWriter f64(double value) {
        frame.putDouble(value);
        return this;
    }

    /** As much of it as fits into the frame. */
    public FrameWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        frame.put(utf8, 0, Math.min(utf8.length, frame.remaining() - CRC_BYTES));
        return this;
    }

    /** With its length in one byte before it; what is longer is cut. */
    FrameWriter shortText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(utf8.length, 60);
        frame.put((byte) length).put(utf8, 0, length);
        return this;
    }

    /**
     * Completes the header and adds the checksum.
     *
     * @param number 0 for types that are not numbered
     */
    public FrameWriter end(int session, int number) {
        frame.putShort(2, (short) session).putInt(4, number);
        crc.reset();
        crc.update(frame.array(), 0, frame.position());
        frame.putInt((int) crc.getValue());
        return this;
    }

    /** Most bytes that a payload may have. */
    public int largestPayload() {
        return frame.capacity() - HEADER_BYTES - CRC_BYTES;
    }

    /** Bytes of the payload so far; of a frame that has not ended. */
    public int payloadBytes() {
        return frame.position() - HEADER_BYTES;
    }

    public FrameType type() {
        return FrameType.of(frame.get(0) & 0xff);
    }

    /** Where bytes of the payload are written in bulk. */
    ByteBuffer buffer() {
        return frame;
    }

    /** Bytes so far, from the header on. */
    public int length() {
        return frame.position();
    }

    /** Writes the ended frame as the line carries it, with the zero after it; where it ends. */
    public int stuffInto(byte[] line, int at) {
        int end = Cobs.stuff(frame.array(), 0, frame.position(), line, at);
        line[end] = 0;
        return end + 1;
    }

    /** Most bytes that a frame of this length has on the line. */
    public static int lineBytes(int frameBytes) {
        return Cobs.stuffedBytes(frameBytes) + 1;
    }
}
