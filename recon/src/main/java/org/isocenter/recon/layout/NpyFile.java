package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NumPy's {@code .npy} (format versions 1 to 3): real and complex numbers, either byte order, C and Fortran order. */
public final class NpyFile {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final int ALIGNMENT = 64;
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>|=]?)([a-zA-Z])(\\d+)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9,\\sL]*)\\)");

    private NpyFile() {}

    static boolean isNpy(byte[] firstBytes) {
        return firstBytes.length >= MAGIC.length && Arrays.equals(Arrays.copyOf(firstBytes, MAGIC.length), MAGIC);
    }

    /**
     * Reads the header; numbers are taken out of the file when they are asked for.
     *
     * @throws ArrayFormatException when it is no such file, holds no numbers, or is cut short
     */
    public static ComplexArray read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer start = bytes(file, channel, 0, 12);
            if (!isNpy(start.array())) {
                throw new ArrayFormatException(file, "no NumPy file: its first bytes are not NumPy's");
            }
            int version = start.get(6);
            if (version < 1 || version > 3) {
                throw new ArrayFormatException(file, "NumPy format version " + version + ", 1 to 3 are read");
            }
            int headerAt = version == 1 ? 10 : 12;
            long length = version == 1 ? start.getShort(8) & 0xffff : start.getInt(8) & 0xffffffffL;
            if (length > LONGEST_HEADER) {
                throw new ArrayFormatException(file, "a header of " + length + " bytes is no NumPy array's");
            }
            String header = StandardCharsets.UTF_8
                    .decode(bytes(file, channel, headerAt, (int) length))
                    .toString();
            return numbers(file, channel, headerAt + length, header);
        }
    }

    private static ComplexArray numbers(Path file, FileChannel channel, long from, String header) throws IOException {
        Matcher type = TYPE.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shapeText = SHAPE.matcher(header);
        if (!type.find() || !order.find() || !shapeText.find()) {
            throw new ArrayFormatException(
                    file, "its header is not that of an array of numbers: " + shortened(header.strip()));
        }
        long[] shape = shape(file, shapeText.group(1));
        long count = ComplexArray.elements(shape);
        String kind = type.group(2) + type.group(3);
        NumberFormat format = NumberFormat.ofNumpy(kind, type.group(1).equals(">"));
        if (format == null) {
            throw new ArrayFormatException(
                    file,
                    "holds elements of type '" + shortened(kind)
                            + "', not numbers: save them as complex64, as in numpy.save(name, a.astype('complex64'))");
        }
        long there = channel.size() - from;
        if (count < 0 || count * format.bytes() > there) {
            throw new ArrayFormatException(
                    file,
                    "cut short or damaged: " + ComplexArray.text(shape) + " numbers of type " + kind
                            + " do not fit into " + there + " bytes");
        }
        int[] extents = Arrays.stream(shape).mapToInt(extent -> (int) extent).toArray();
        Numbers numbers = new FileNumbers(file, from, format, (int) count);
        return order.group(1).equals("True")
                ? ComplexArray.firstFastest(extents, numbers)
                : ComplexArray.lastFastest(extents, numbers);
    }

    private static long[] shape(Path file, String text) throws ArrayFormatException {
        String[] parts = text.replace("L", "").strip().split("\\s*,\\s*");
        if (text.isBlank()) {
            return new long[0];
        }
        if (parts.length > ComplexArray.MOST_AXES) {
            throw new ArrayFormatException(
                    file, parts.length + " axes, at most " + ComplexArray.MOST_AXES + " are read");
        }
        long[] shape = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("\\d{1,18}")) {
                throw new ArrayFormatException(file, "its header is damaged: shape (" + shortened(text) + ")");
            }
            shape[i] = Long.parseLong(parts[i]);
        }
        return shape;
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    private static ByteBuffer bytes(Path file, FileChannel channel, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, from + bytes.position()) < 0) {
                throw new ArrayFormatException(file, "cut short: no whole NumPy header");
            }
        }
        return bytes.flip();
    }

    /**
     * Writes complex64, or float32 without imaginary parts, in C order.
     *
     * @param shape the last axis fastest
     * @param imaginary or null
     */
    public static void write(Path file, int[] shape, float[] real, float[] imaginary) throws IOException {
        String header = "{'descr': '" + (imaginary == null ? "<f4" : "<c8") + "', 'fortran_order': False, 'shape': ("
                + String.join(
                        ", ", Arrays.stream(shape).mapToObj(Integer::toString).toList())
                + (shape.length == 1 ? ",)" : ")") + ", }";
        int unpadded = MAGIC.length + 4 + header.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        byte[] text = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer start = ByteBuffer.allocate(MAGIC.length + 4 + text.length).order(ByteOrder.LITTLE_ENDIAN);
        start.put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length)
                .put(text)
                .flip();
        NumberSink.write(file, start, real, imaginary, imaginary != null);
    }
}
