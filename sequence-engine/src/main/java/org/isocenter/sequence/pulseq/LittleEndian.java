package org.isocenter.sequence.pulseq;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes to which little-endian numbers are appended. */
final class LittleEndian {
    private byte[] bytes = new byte[1 << 12];
    private int length;

    LittleEndian integer(int value) {
        return append(value, Integer.BYTES);
    }

    LittleEndian longInteger(long value) {
        return append(value, Long.BYTES);
    }

    LittleEndian number(double value) {
        return append(Double.doubleToRawLongBits(value), Double.BYTES);
    }

    LittleEndian single(float value) {
        return append(Float.floatToRawIntBits(value), Float.BYTES);
    }

    LittleEndian letter(char letter) {
        return append(letter, 1);
    }

    /** The text's length in bytes as an int32, and the text. */
    LittleEndian text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        integer(utf8.length);
        return raw(utf8);
    }

    LittleEndian raw(byte[] more) {
        grow(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    private LittleEndian append(long value, int count) {
        grow(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    private void grow(int count) {
        if (Math.addExact(length, count) > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length + bytes.length / 2));
        }
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }
}
