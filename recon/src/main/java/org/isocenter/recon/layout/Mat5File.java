package org.isocenter.recon.layout;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * MATLAB's {@code .mat} of version 5, as {@code save} writes it with -v6 and -v7 ("MAT-File Format", MathWorks, chapter 1):
 * numeric arrays, real and complex, packed or not, either byte order. What else a file holds is passed over.
 */
final class Mat5File {
    private static final byte[] START = "MATLAB ".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 128;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    /** Deflate shrinks a thousandfold at most. */
    private static final long MOST_EXPANSION = 1100;

    private final Path file;
    private final String wanted;
    private final Map<String, String> shapes = new LinkedHashMap<>();
    private ComplexArray found;

    private Mat5File(Path file, String wanted) {
        this.file = file;
        this.wanted = wanted;
    }

    static boolean isMat(byte[] firstBytes) {
        return firstBytes.length >= START.length && Arrays.equals(Arrays.copyOf(firstBytes, START.length), START);
    }

    /** @param variable to read; null when the file has one of numbers only */
    static ComplexArray read(Path file, String variable) throws IOException {
        return new Mat5File(file, variable).read();
    }

    private ComplexArray read() throws IOException {
        long left = Files.size(file) - HEADER_BYTES;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            byte[] header = in.readNBytes(HEADER_BYTES);
            if (header.length < HEADER_BYTES) {
                throw new EOFException();
            }
            ByteOrder order = header[126] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
            if (ByteBuffer.wrap(header).order(order).getShort(124) != 0x0100) {
                throw new ArrayFormatException(file, "a MATLAB file, but not of version 5: save it with -v7");
            }
            while (left >= 8) {
                left -= element(in, left, order);
            }
        } catch (EOFException | ZipException | MatInput.DamagedException e) {
            throw new ArrayFormatException(file, "no whole MATLAB file: it is damaged or cut short", e);
        }
        Variables.choose(file, shapes, wanted);
        return found;
    }

    /** Reads one variable and gives its bytes in the file. */
    private long element(InputStream in, long left, ByteOrder order) throws IOException {
        MatInput input = new MatInput(in, left, order);
        int type = input.integer();
        long bytes = input.integer() & 0xffffffffL;
        if (bytes > left - 8) {
            throw new EOFException();
        }
        MatInput content = new MatInput(in, bytes, order);
        if (type == MATRIX) {
            matrix(content);
        } else if (type == COMPRESSED) {
            InputStream packed = new MatInput.Part(in, bytes);
            MatInput unpacked = new MatInput(new InflaterInputStream(packed), bytes * MOST_EXPANSION, order);
            if (unpacked.integer() == MATRIX) {
                unpacked.limit(unpacked.integer() & 0xffffffffL);
                matrix(unpacked);
            }
            packed.skipNBytes(packed.available());
            return 8 + bytes;
        }
        content.skipRest();
        return 8 + bytes;
    }

    private void matrix(MatInput in) throws IOException {
        int[] flags = in.integers(2);
        int[] shape = in.integers(ComplexArray.MOST_AXES);
        String name = in.text();
        boolean numeric = flags.length == 2 && (flags[0] & 0xff) >= 6 && (flags[0] & 0xff) <= 15;
        if (!numeric) {
            return;
        }
        long[] extents = Arrays.stream(shape).mapToLong(extent -> extent).toArray();
        long count = ComplexArray.elements(extents);
        if (count < 0) {
            throw new ArrayFormatException(
                    file,
                    "variable " + name + ": " + ComplexArray.text(extents) + " numbers are more than can be read");
        }
        if (!Variables.isPossible(name, count, wanted)) {
            return;
        }
        shapes.put(name, ComplexArray.text(extents));
        if (wanted == null ? found == null : name.equals(wanted)) {
            float[] real = in.numbers((int) count);
            boolean complex = (flags[0] & 0x800) != 0;
            float[] imaginary = complex ? in.numbers((int) count) : new float[(int) count];
            found = ComplexArray.firstFastest(shape, new PlanarNumbers(real, imaginary));
        }
    }
}
