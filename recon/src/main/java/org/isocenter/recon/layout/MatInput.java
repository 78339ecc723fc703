package org.isocenter.recon.layout;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The parts of a MATLAB variable, one after the other. No more memory is taken than there can be bytes. */
final class MatInput {
    private static final int BLOCK_BYTES = 1 << 16;
    private static final int LONGEST_NAME = 4096;

    /** What is there contradicts itself. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The next so many bytes of a stream, which stays open. */
    static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long bytes) {
            super(in);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            int value = left > 0 ? super.read() : -1;
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] to, int at, int count) throws IOException {
            int got = left > 0 ? super.read(to, at, (int) Math.min(count, left)) : -1;
            left -= Math.max(0, got);
            return got;
        }

        /** All that is left of the part. */
        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, left);
        }

        @Override
        public void close() {
            // The whole goes on.
        }
    }

    private final InputStream in;
    private final ByteOrder order;
    private long left;
    /** Of the part that is being read. */
    private int type;

    private int bytes;
    private int padding;

    /** @param left how many bytes there can be at most */
    MatInput(InputStream in, long left, ByteOrder order) {
        this.in = in;
        this.left = left;
        this.order = order;
    }

    /** There are no more than these from here on. */
    void limit(long most) {
        left = Math.min(left, most);
    }

    int integer() throws IOException {
        return take(4).getInt(0);
    }

    void skipRest() throws IOException {
        in.skipNBytes(left);
        left = 0;
    }

    /** A part of 32-bit integers, at most so many. */
    int[] integers(int most) throws IOException {
        open();
        if (bytes % 4 != 0 || bytes / 4 > most) {
            throw new DamagedException();
        }
        int[] values = new int[bytes / 4];
        take(bytes).asIntBuffer().get(values);
        close();
        return values;
    }

    String text() throws IOException {
        open();
        if (bytes > LONGEST_NAME) {
            throw new DamagedException();
        }
        byte[] text = new byte[bytes];
        take(bytes).get(text);
        close();
        return new String(text, StandardCharsets.UTF_8);
    }

    /** A part of exactly so many numbers, whatever they are stored as. */
    float[] numbers(int count) throws IOException {
        open();
        int size = switch (type) {
            case 1, 2 -> 1;
            case 3, 4 -> 2;
            case 5, 6, 7 -> 4;
            case 9, 12, 13 -> 8;
            default -> throw new DamagedException();
        };
        if ((long) count * size != bytes) {
            throw new DamagedException();
        }
        float[] values = new float[count];
        int next = 0;
        while (next < count) {
            int some = Math.min(count - next, BLOCK_BYTES / size);
            ByteBuffer block = take(some * size);
            for (int i = 0; i < some; i++) {
                values[next++] = number(block, i * size);
            }
        }
        close();
        return values;
    }

    private float number(ByteBuffer block, int at) {
        return switch (type) {
            case 1 -> block.get(at);
            case 2 -> block.get(at) & 0xff;
            case 3 -> block.getShort(at);
            case 4 -> block.getShort(at) & 0xffff;
            case 5 -> block.getInt(at);
            case 6 -> block.getInt(at) & 0xffffffffL;
            case 7 -> block.getFloat(at);
            case 9 -> (float) block.getDouble(at);
            default -> block.getLong(at);
        };
    }

    /** A part's tag: type and length, or both in the first four bytes where the part has four bytes at most. */
    private void open() throws IOException {
        int word = integer();
        boolean small = word >>> 16 != 0;
        type = word & 0xffff;
        bytes = small ? word >>> 16 : integer();
        if (bytes < 0 || bytes > left || small && bytes > 4) {
            throw new DamagedException();
        }
        padding = small ? 4 - bytes : (8 - bytes % 8) % 8;
    }

    /** The last part of a variable may lack its padding. */
    private void close() throws IOException {
        take((int) Math.min(padding, left));
    }

    private ByteBuffer take(int count) throws IOException {
        if (count > left) {
            throw new EOFException();
        }
        byte[] taken = in.readNBytes(count);
        if (taken.length < count) {
            throw new EOFException();
        }
        left -= count;
        return ByteBuffer.wrap(taken).order(order);
    }
}
