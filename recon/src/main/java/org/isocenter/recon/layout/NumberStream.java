package org.isocenter.recon.layout;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.stream.IntStream;

/** Takes numbers out of a file from some byte on, a megabyte at a time, several at once on the common pool. */
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
        int perBlock = BLOCK_BYTES / step;
        int blocks = (real.length + perBlock - 1) / perBlock;
        try {
            IntStream.range(0, blocks).parallel().forEach(block -> {
                int first = block * perBlock;
                int end = Math.min(real.length, first + perBlock);
                ByteBuffer read = block(channel, from + (long) first * step, (end - first) * step)
                        .order(order);
                for (int next = first, p = 0; next < end; next++, p += step) {
                    real[next] = number.at(read, p);
                    if (pairs) {
                        imaginary[next] = number.at(read, p + bytes);
                    }
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ByteBuffer block(FileChannel channel, long from, int bytes) {
        ByteBuffer block = ByteBuffer.allocate(bytes);
        try {
            while (block.hasRemaining()) {
                if (channel.read(block, from + block.position()) < 0) {
                    throw new EOFException("the file has become shorter while it was read");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return block.flip();
    }
}
