package org.isocenter.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** BART's complex arrays, planar: [channel][pixel], where channels are dimension 3. */
final class CflFile {
    final int[] sizes;
    final float[][] real;
    final float[][] imaginary;

    private CflFile(int[] sizes) {
        this.sizes = sizes;
        int points = sizes[0] * sizes[1] * sizes[2];
        real = new float[sizes[3]][points];
        imaginary = new float[sizes[3]][points];
    }

    static CflFile read(Path base) throws IOException {
        String header = Files.readString(Path.of(base + ".hdr")).split("\n")[1].trim();
        int[] dimensions =
                Arrays.stream(header.split(" +")).mapToInt(Integer::parseInt).toArray();
        int[] sizes = {1, 1, 1, 1};
        System.arraycopy(dimensions, 0, sizes, 0, Math.min(4, dimensions.length));
        CflFile file = new CflFile(sizes);
        try (FileChannel channel = FileChannel.open(Path.of(base + ".cfl"))) {
            FloatBuffer values = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
            float[] line = new float[2 * file.real[0].length];
            for (int c = 0; c < sizes[3]; c++) {
                values.get(line);
                for (int i = 0; i < file.real[c].length; i++) {
                    file.real[c][i] = line[2 * i];
                    file.imaginary[c][i] = line[2 * i + 1];
                }
            }
        }
        return file;
    }

    /** One channel. */
    static void write(Path base, int sizeX, int sizeY, float[] real, float[] imaginary) throws IOException {
        Files.writeString(Path.of(base + ".hdr"), "# Dimensions\n" + sizeX + " " + sizeY + " 1 1\n");
        ByteBuffer bytes = ByteBuffer.allocate(8 * real.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < real.length; i++) {
            bytes.putFloat(real[i]).putFloat(imaginary[i]);
        }
        try (FileChannel channel = FileChannel.open(
                Path.of(base + ".cfl"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(bytes.flip());
        }
    }
}
