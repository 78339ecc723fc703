package org.isocenter.recon.layout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;

/** Writes numbers as 32-bit floats, little endian, a quarter of a megabyte at a time, several at once on the common pool. */
final class NumberSink {
    private static final int PER_BLOCK = 1 << 15;
    /** What is called often is compiled the sooner. */
    private static final int ROW = 1 << 8;

    private NumberSink() {}

    /**
     * @param imaginary null for zeros
     * @param pairs whether imaginary parts are written, each after its real part
     */
    static void write(Path file, ByteBuffer start, float[] real, float[] imaginary, boolean pairs) throws IOException {
        int bytes = pairs ? 2 * Float.BYTES : Float.BYTES;
        long from = start.remaining();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            drain(channel, start, 0);
            int blocks = (int) (((long) real.length + PER_BLOCK - 1) / PER_BLOCK);
            IntStream.range(0, blocks).parallel().forEach(block -> {
                int first = block * PER_BLOCK;
                int end = (int) Math.min(real.length, (long) first + PER_BLOCK);
                drain(channel, block(real, imaginary, pairs, first, end), from + (long) first * bytes);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ByteBuffer block(float[] real, float[] imaginary, boolean pairs, int first, int end) {
        float[] values = real;
        int at = first;
        int count = end - first;
        if (pairs) {
            values = new float[2 * count];
            at = 0;
            for (int done = 0; done < count; done += ROW) {
                int row = Math.min(ROW, count - done);
                spread(real, first + done, row, values, 2 * done);
                if (imaginary != null) {
                    spread(imaginary, first + done, row, values, 2 * done + 1);
                }
            }
            count *= 2;
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        floats.put(values, at, count);
        return bytes;
    }

    /** Every other place. */
    private static void spread(float[] from, int first, int count, float[] to, int at) {
        for (int i = 0; i < count; i++) {
            to[at + 2 * i] = from[first + i];
        }
    }

    private static void drain(FileChannel channel, ByteBuffer bytes, long from) {
        try {
            long at = from;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
