package org.isocenter.recon.layout;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Takes numbers out of a file from some byte on, a megabyte at a time. */
final class NumberStream {
    private static final int BLOCK_BYTES = 1 << 20;

    /** One number at a place of a buffer. */
    interface Number {
        float at(ByteBuffer bytes, int at);
    }

    private NumberStream() {}

    /**
     * Fills planar arrays.
     *
     * @param imaginary filled where numbers come in pairs of real and imaginary part, else left alone
     * @param bytes of one part
     */
    static void read(
            FileChannel channel,
            long from,
            ByteOrder order,
            int bytes,
            boolean pairs,
            Number number,
            float[] real,
            float[] imaginary)
            throws IOException {
        int step = pairs ? 2 * bytes : bytes;
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES / step * step).order(order);
        int next = 0;
        long at = from;
        while (next < real.length) {
            block.clear().limit((int) Math.min(block.capacity(), (long) (real.length - next) * step));
            while (block.hasRemaining()) {
                if (channel.read(block, at + block.position()) < 0) {
                    throw new EOFException("the file has become shorter while it was read");
                }
            }
            at += block.limit();
            for (int p = 0; p < block.limit(); p += step, next++) {
                real[next] = number.at(block, p);
                if (pairs) {
                    imaginary[next] = number.at(block, p + bytes);
                }
            }
        }
    }
}
