package org.isocenter.recon.parallel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.isocenter.recon.array.ChannelGrid;
import org.isocenter.recon.fft.GridFft;
import org.isocenter.testing.SharedData;

/** What tests do with grids: copies, gaps, comparisons, BART's files and a real one. */
public final class TestGrids {
    private TestGrids() {}

    static ChannelGrid copy(ChannelGrid grid) {
        return keeping(grid, row -> true);
    }

    /** A copy with zeros in the rows ({@code z * sizeY + y}) that are not kept. */
    public static ChannelGrid keeping(ChannelGrid grid, IntPredicate rows) {
        ChannelGrid copy = new ChannelGrid(grid.channels(), grid.sizeX(), grid.sizeY(), grid.sizeZ());
        for (int channel = 0; channel < grid.channels(); channel++) {
            for (int row = 0; row < grid.sizeY() * grid.sizeZ(); row++) {
                if (rows.test(row)) {
                    int at = row * grid.sizeX();
                    System.arraycopy(grid.real(channel), at, copy.real(channel), at, grid.sizeX());
                    System.arraycopy(grid.imaginary(channel), at, copy.imaginary(channel), at, grid.sizeX());
                }
            }
        }
        return copy;
    }

    static ChannelGrid image(ChannelGrid kspace) {
        ChannelGrid image = copy(kspace);
        GridFft.inverse(image);
        return image;
    }

    static float[] magnitude(ChannelGrid grid) {
        return ChannelCombination.rootSumOfSquares(grid).real(0);
    }

    /** Root of the squared difference to the expected values, over that of these; the best real factor is taken out. */
    static double scaledError(float[] got, float[] expected) {
        assertThat(got).hasSameSizeAs(expected);
        double product = 0;
        double squares = 0;
        for (int i = 0; i < got.length; i++) {
            product += (double) got[i] * expected[i];
            squares += (double) got[i] * got[i];
        }
        double scale = product / squares;
        double difference = 0;
        double total = 0;
        for (int i = 0; i < got.length; i++) {
            difference += Math.pow(scale * got[i] - expected[i], 2);
            total += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / total);
    }

    /** As {@link #scaledError}, of complex values, with the best complex factor taken out. */
    public static double complexError(ChannelGrid got, ChannelGrid expected) {
        double real = 0;
        double imaginary = 0;
        double gotSquares = 0;
        double squares = 0;
        for (int channel = 0; channel < expected.channels(); channel++) {
            for (int i = 0; i < expected.points(); i++) {
                double gr = got.real(channel)[i];
                double gi = got.imaginary(channel)[i];
                double er = expected.real(channel)[i];
                double ei = expected.imaginary(channel)[i];
                real += gr * er + gi * ei;
                imaginary += gr * ei - gi * er;
                gotSquares += gr * gr + gi * gi;
                squares += er * er + ei * ei;
            }
        }
        // The part of the expected values that is no multiple of what was got.
        return Math.sqrt(Math.max(0, 1 - (real * real + imaginary * imaginary) / gotSquares / squares));
    }

    /** Dimensions x, y, z, channel. */
    public static void writeCfl(Path base, ChannelGrid grid) throws IOException {
        Files.writeString(
                Path.of(base + ".hdr"),
                "# Dimensions\n" + grid.sizeX() + " " + grid.sizeY() + " " + grid.sizeZ() + " " + grid.channels()
                        + "\n");
        ByteBuffer bytes =
                ByteBuffer.allocate(8 * grid.points() * grid.channels()).order(ByteOrder.LITTLE_ENDIAN);
        for (int channel = 0; channel < grid.channels(); channel++) {
            for (int i = 0; i < grid.points(); i++) {
                bytes.putFloat(grid.real(channel)[i]).putFloat(grid.imaginary(channel)[i]);
            }
        }
        Files.write(Path.of(base + ".cfl"), bytes.array());
    }

    /** Of x, y, z, channel; whatever other dimensions the file has are 1. */
    public static ChannelGrid readCfl(Path base) throws IOException {
        String[] lines = Files.readString(Path.of(base + ".hdr")).split("\n");
        int[] sizes = Arrays.stream(lines[1].trim().split(" "))
                .mapToInt(Integer::parseInt)
                .toArray();
        ChannelGrid grid = new ChannelGrid(sizes[3], sizes[0], sizes[1], sizes[2]);
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(Path.of(base + ".cfl"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(bytes.remaining()).isEqualTo(8 * grid.points() * grid.channels());
        for (int channel = 0; channel < grid.channels(); channel++) {
            for (int i = 0; i < grid.points(); i++) {
                grid.real(channel)[i] = bytes.getFloat();
                grid.imaginary(channel)[i] = bytes.getFloat();
            }
        }
        return grid;
    }

    /** Eight channels of a brain, 180 × 230, NumPy's own format; seven of eight samples of it are zero (a Poisson disc). */
    public static ChannelGrid brain() throws IOException {
        byte[] file = Files.readAllBytes(SharedData.path("kspace/brain8ch/cartesian_ksp.npy"));
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int header = 10 + bytes.getShort(8);
        assertThat(new String(file, 10, header - 10, StandardCharsets.US_ASCII)).contains("'<c8'", "(8, 230, 180)");
        bytes.position(header);
        ChannelGrid grid = new ChannelGrid(8, 180, 230, 1);
        for (int channel = 0; channel < grid.channels(); channel++) {
            for (int i = 0; i < grid.points(); i++) {
                grid.real(channel)[i] = bytes.getFloat();
                grid.imaginary(channel)[i] = bytes.getFloat();
            }
        }
        return grid;
    }
}
