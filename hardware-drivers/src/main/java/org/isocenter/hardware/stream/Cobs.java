package org.isocenter.hardware.stream;

/**
 * Consistent overhead byte stuffing (Cheshire and Baker 1999): bytes without a zero, at the cost of one byte in 254. The zero that
 * ends a frame is not part of it.
 */
final class Cobs {
    private static final int MOST = 254;

    private Cobs() {}

    /** Most bytes that so many become. */
    static int stuffedBytes(int bytes) {
        return bytes + bytes / MOST + 1;
    }

    /** Writes the stuffed bytes to {@code out} from {@code at} on; where they end. */
    static int stuff(byte[] bytes, int from, int to, byte[] out, int at) {
        int code = at;
        int next = at + 1;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b != 0) {
                out[next++] = b;
            }
            if (b == 0 || next - code > MOST && i + 1 < to) {
                out[code] = (byte) (next - code);
                code = next++;
            }
        }
        out[code] = (byte) (next - code);
        return next;
    }

    /** Undoes {@link #stuff} in place: from the array's start, {@code length} bytes without a zero. The new length, or -1. */
    static int unstuff(byte[] bytes, int length) {
        int to = 0;
        for (int from = 0; from < length; ) {
            int code = bytes[from++] & 0xff;
            int run = code - 1;
            if (run > length - from) {
                return -1;
            }
            System.arraycopy(bytes, from, bytes, to, run);
            from += run;
            to += run;
            if (code <= MOST && from < length) {
                bytes[to++] = 0;
            }
        }
        return to;
    }
}
