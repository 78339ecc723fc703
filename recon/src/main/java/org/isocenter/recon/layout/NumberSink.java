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

    private NumberSink() {}

    /** @param imaginary interleaved with the real parts; null for none */
    static void write(Path file, ByteBuffer start, float[] real, float[] imaginary) throws IOException {
        int bytes = imaginary == null ? Float.BYTES : 2 * Float.BYTES;
        long from = start.remaining();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            drain(channel, start, 0);
            int blocks = (int) (((long) real.length + PER_BLOCK - 1) / PER_BLOCK);
            IntStream.range(0, blocks).parallel().forEach(block -> {
                int first = block * PER_BLOCK;
                int end = (int) Math.min(real.length, (long) first + PER_BLOCK);
                drain(channel, block(real, imaginary, first, end), from + (long) first * bytes);
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static ByteBuffer block(float[] real, float[] imaginary, int first, int end) {
        int parts = imaginary == null ? 1 : 2;
        float[] values = real;
        int at = first;
        int count = parts * (end - first);
        if (imaginary != null) {
            values = new float[count];
            at = 0;
            for (int i = first; i < end; i++) {
                values[2 * (i - first)] = real[i];
                values[2 * (i - first) + 1] = imaginary[i];
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = bytes.asFloatBuffer();
        floats.put(values, at, count);
        return bytes;
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
