package org.isocenter.hardware.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes frames: length, type, payload, CRC-32C; little endian. One frame is in memory, in a buffer that is used again. */
final class FrameWriter {
    private static final int LENGTH_AND_TYPE = 5;

    private final OutputStream out;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer frame = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    private long bytes;

    FrameWriter(OutputStream out) {
        this.out = out;
    }

    FrameWriter begin(int type) {
        frame.clear();
        frame.putInt(0).put((byte) type);
        return this;
    }

    FrameWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    FrameWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    FrameWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    FrameWriter u64(long value) {
        room(8).putLong(value);
        return this;
    }

    FrameWriter f32(float value) {
        room(4).putFloat(value);
        return this;
    }

    FrameWriter f64(double value) {
        room(8).putDouble(value);
        return this;
    }

    /** Seven bits in each byte, lowest first; the eighth says that more follow. */
    FrameWriter varint(long value) {
        long left = value;
        while (left > 0x7f) {
            u8((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        return u8((int) left);
    }

    void end() throws IOException {
        frame.putInt(0, frame.position() - LENGTH_AND_TYPE);
        crc.reset();
        crc.update(frame.array(), 4, frame.position() - 4);
        u32((int) crc.getValue());
        out.write(frame.array(), 0, frame.position());
        bytes += frame.position();
    }

    long bytes() {
        return bytes;
    }

    private ByteBuffer room(int more) {
        if (frame.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(frame.capacity() * 2).order(ByteOrder.LITTLE_ENDIAN);
            larger.put(frame.flip());
            frame = larger;
        }
        return frame;
    }
}
