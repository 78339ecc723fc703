package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Writes numbers as 32-bit floats, little endian, a megabyte at a time. */
final class NumberSink {
    private static final int BLOCK_BYTES = 1 << 20;

    private NumberSink() {}

    /** @param imaginary interleaved with the real parts; null for none */
    static void write(Path file, ByteBuffer start, float[] real, float[] imaginary) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            drain(channel, start);
            ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < real.length; i++) {
                block.putFloat(real[i]);
                if (imaginary != null) {
                    block.putFloat(imaginary[i]);
                }
                if (block.remaining() < 8) {
                    drain(channel, block.flip());
                    block.clear();
                }
            }
            drain(channel, block.flip());
        }
    }

    private static void drain(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
