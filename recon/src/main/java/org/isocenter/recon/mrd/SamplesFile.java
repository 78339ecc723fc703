package org.isocenter.recon.mrd;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.isocenter.recon.array.StoredSamples;

/**
 * Samples that stay in their file: complex numbers of two 32-bit floats, little endian. Open until nobody holds samples of it any
 * more. The file must not become shorter meanwhile. Any thread.
 */
final class SamplesFile {
    private static final int SAMPLE_BYTES = 8;

    private final Path file;
    private final FileChannel channel;

    SamplesFile(Path file) throws IOException {
        this.file = file;
        this.channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    /**
     * @param position of the first one's first byte
     * @param count of all channels
     */
    StoredSamples at(long position, int count) {
        return new StoredSamples() {
            @Override
            public int count() {
                return count;
            }

            @Override
            public void copy(int from, int wanted, float[] toReal, float[] toImaginary, int at) {
                ByteBuffer bytes = read(position + (long) SAMPLE_BYTES * from, SAMPLE_BYTES * wanted);
                for (int i = 0; i < wanted; i++) {
                    toReal[at + i] = FiniteSamples.orZero(bytes.getFloat(SAMPLE_BYTES * i));
                    toImaginary[at + i] = FiniteSamples.orZero(bytes.getFloat(SAMPLE_BYTES * i + 4));
                }
            }
        };
    }

    private ByteBuffer read(long position, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("ends at byte " + (position + bytes.position()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException(
                    file + ": cannot be read, or has become shorter while it was read: give it again", e));
        }
        return bytes;
    }
}
