package org.isocenter.hardware.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A sound frame as it came, and a reader of its payload. It lies in the decoder's own buffer and is good until the next one is
 * decoded. Every read throws {@link FrameFormatException} when the payload is too short.
 */
public final class Frame {
    private final ByteBuffer bytes;

    /** @param bytes an array in which frames will lie, from its start */
    Frame(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A frame of so many bytes, without its CRC, lies in the array now. */
    Frame of(int length) {
        bytes.limit(length).position(FrameWriter.HEADER_BYTES);
        return this;
    }

    /** A frame that was kept. */
    public static Frame ofCopy(byte[] copy) {
        return new Frame(copy).of(copy.length);
    }

    /** Header and payload, to keep it beyond the next frame. */
    public byte[] copy() {
        return Arrays.copyOf(bytes.array(), bytes.limit());
    }

    /** Null when the type is not known. */
    public FrameType type() {
        return FrameType.of(code());
    }

    /** The type as it came, also when it is not known. */
    public int code() {
        return bytes.get(0) & 0xff;
    }

    public boolean numbered() {
        return FrameType.numbered(code());
    }

    public int session() {
        return bytes.getShort(2) & 0xffff;
    }

    public int number() {
        return bytes.getInt(4);
    }

    /** Bytes of the whole frame with its CRC. */
    public int length() {
        return bytes.limit() + FrameWriter.CRC_BYTES;
    }

    /** Bytes of the whole payload. */
    public int payloadBytes() {
        return bytes.limit() - FrameWriter.HEADER_BYTES;
    }

    /** Bytes of the payload that have not been read. */
    public int remaining() {
        return bytes.remaining();
    }

    public int u8() throws FrameFormatException {
        return need(1).get() & 0xff;
    }

    public int u16() throws FrameFormatException {
        return need(2).getShort() & 0xffff;
    }

    /** For fields that must fit into a Java int; one that does not is refused. */
    public int count() throws FrameFormatException {
        int value = u32();
        if (value < 0) {
            throw new FrameFormatException(this + " holds a number of " + Integer.toUnsignedString(value));
        }
        return value;
    }

    /** All 32 bits. */
    public int u32() throws FrameFormatException {
        return need(4).getInt();
    }

    public long u64() throws FrameFormatException {
        return need(8).getLong();
    }

    public float f32() throws FrameFormatException {
        return need(4).getFloat();
    }

    public double f64() throws FrameFormatException {
        return need(8).getDouble();
    }

    public void skip(int count) throws FrameFormatException {
        need(count).position(bytes.position() + count);
    }

    /** All that is left, as text. */
    public String text() {
        return text(bytes.remaining());
    }

    /** With its length in one byte before it. */
    String shortText() throws FrameFormatException {
        int length = u8();
        need(length);
        return text(length);
    }

    private String text(int length) {
        String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        // It ends up in messages and logs: one line, whatever the device sends.
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private ByteBuffer need(int count) throws FrameFormatException {
        if (bytes.remaining() < count) {
            throw new FrameFormatException(
                    this + " is too short: it ends at byte " + payloadBytes() + " of its payload");
        }
        return bytes;
    }

    @Override
    public String toString() {
        FrameType type = type();
        return type == null ? String.format("frame of type 0x%02x", code()) : type + " frame";
    }
}
