package org.isocenter.recon.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** BART's pair of files: dimensions in {@code .hdr}, complex floats in {@code .cfl}, the first axis fastest. */
public final class CflFile {
    private static final long LONGEST_HEADER = 1 << 20;

    private CflFile() {}

    /** Whether the name is that of such a pair: of one of the two files, or what they have in common. */
    static boolean isCfl(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".cfl") || name.endsWith(".hdr") || Files.isRegularFile(named(file, ".hdr"));
    }

    private static Path named(Path file, String ending) {
        String name = file.getFileName().toString().replaceFirst("\\.(cfl|hdr)$", "");
        return file.resolveSibling(name + ending);
    }

    /**
     * Reads the header; numbers are taken out of the data when they are asked for.
     *
     * @param file either, or their name without ending
     * @throws ArrayFormatException when one is missing, damaged, or does not fit the other
     */
    public static ComplexArray read(Path file) throws IOException {
        Path header = named(file, ".hdr");
        Path data = named(file, ".cfl");
        for (Path one : new Path[] {header, data}) {
            if (!Files.isRegularFile(one)) {
                throw new ArrayFormatException(one, "is not there: BART's data are two files, .hdr and .cfl");
            }
        }
        long[] shape = dimensions(header);
        long count = ComplexArray.elements(shape);
        if (count < 0 || 8 * count != Files.size(data)) {
            throw new ArrayFormatException(
                    data,
                    "has " + Files.size(data) + " bytes, where " + header.getFileName() + " says "
                            + ComplexArray.text(shape)
                            + " complex numbers of 8 bytes: it is cut short, or not its pair");
        }
        int[] extents = Arrays.stream(shape).mapToInt(extent -> (int) extent).toArray();
        return ComplexArray.firstFastest(extents, new FileNumbers(data, 0, NumberFormat.COMPLEX_FLOAT, (int) count));
    }

    /** The line after {@code # Dimensions}, without ones at its end. */
    private static long[] dimensions(Path header) throws IOException {
        if (Files.size(header) > LONGEST_HEADER) {
            throw new ArrayFormatException(header, "is too long for a header of BART's");
        }
        // Commands in it may hold names in any encoding.
        String[] lines = new String(Files.readAllBytes(header), StandardCharsets.ISO_8859_1).split("\\R");
        for (int i = 0; i + 1 < lines.length; i++) {
            if (lines[i].strip().equals("# Dimensions")) {
                return shape(header, lines[i + 1].strip());
            }
        }
        throw new ArrayFormatException(header, "has no line '# Dimensions'");
    }

    private static long[] shape(Path header, String line) throws ArrayFormatException {
        String[] words = line.split("\\s+");
        int axes = words.length;
        while (axes > 1 && words[axes - 1].equals("1")) {
            axes--;
        }
        if (axes > ComplexArray.MOST_AXES) {
            throw new ArrayFormatException(header, axes + " axes, BART has 16");
        }
        long[] shape = new long[axes];
        for (int i = 0; i < axes; i++) {
            if (!words[i].matches("\\d{1,18}")) {
                throw new ArrayFormatException(header, "its dimensions are no whole numbers");
            }
            shape[i] = Long.parseLong(words[i]);
        }
        return shape;
    }

    /**
     * Writes the pair.
     *
     * @param file their name without ending
     * @param shape the first axis fastest
     * @param imaginary or null for zeros
     */
    public static void write(Path file, int[] shape, float[] real, float[] imaginary) throws IOException {
        int[] all = new int[Math.max(16, shape.length)];
        Arrays.fill(all, 1);
        System.arraycopy(shape, 0, all, 0, shape.length);
        String text = "# Dimensions\n"
                + String.join(
                        " ", Arrays.stream(all).mapToObj(Integer::toString).toList()) + "\n";
        Files.writeString(named(file, ".hdr"), text, StandardCharsets.US_ASCII);
        NumberSink.write(named(file, ".cfl"), ByteBuffer.allocate(0), real, imaginary, true);
    }
}
