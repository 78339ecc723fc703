package org.isocenter.recon;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/**
 * A picture of eight bits a sample, to be kept as PNG (ISO/IEC 15948). Java's own writer starts up a tenth of a second of desktop
 * classes first.
 *
 * @param channels 1 for grey, 3 for red, green, blue
 * @param samples row by row from the top, the samples of a pixel beside one another
 */
public record PngImage(int columns, int rows, int channels, byte[] samples) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte GREY = 0;
    private static final byte COLOUR = 2;
    private static final byte EIGHT_BITS = 8;

    public PngImage {
        if (columns < 1 || rows < 1 || samples.length != (long) columns * rows * channels) {
            throw new IllegalArgumentException(
                    samples.length + " samples for " + columns + " x " + rows + " pixels of " + channels);
        }
    }

    public static PngImage grey(int columns, int rows, byte[] samples) {
        return new PngImage(columns, rows, 1, samples);
    }

    public static PngImage colour(int columns, int rows, byte[] samples) {
        return new PngImage(columns, rows, 3, samples);
    }

    /** An existing file is replaced by a whole one or not at all. */
    public void write(Path file) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                out.write(SIGNATURE);
                chunk(out, "IHDR", header());
                chunk(out, "IDAT", pixels());
                chunk(out, "IEND", new byte[0]);
            }
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private byte[] header() {
        return ByteBuffer.allocate(13)
                .putInt(columns)
                .putInt(rows)
                .put(EIGHT_BITS)
                .put(channels == 1 ? GREY : COLOUR)
                .array(); // deflate, adaptive filters, no interlacing are zeros
    }

    private byte[] pixels() throws IOException {
        int row = columns * channels;
        ByteArrayOutputStream packed = new ByteArrayOutputStream(samples.length / 2 + 64);
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater, 1 << 16)) {
            for (int at = 0; at < samples.length; at += row) {
                out.write(0); // this row is not filtered
                out.write(samples, at, row);
            }
        } finally {
            deflater.end();
        }
        return packed.toByteArray();
    }

    private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 check = new CRC32();
        check.update(name);
        check.update(data);
        out.write(ByteBuffer.allocate(4).putInt(data.length).array());
        out.write(name);
        out.write(data);
        out.write(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }
}
