package org.isocenter.recon.parallel;

import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * How strongly each receive channel sees each pixel, relative to the others: the squares of a pixel's magnitudes sum to 1, or
 * all are 0 where there is no object to tell them from. The phase is relative to that of a virtual channel, which every
 * estimate chooses so that it is smooth; it is what is left in a combined image. Must not be changed once made.
 *
 * @param maps images, centre at pixel N/2
 */
public record Sensitivities(ChannelGrid maps) {

    /** True where the object is. */
    public boolean isKnown(int pixel) {
        for (int channel = 0; channel < maps.channels(); channel++) {
            if (maps.real(channel)[pixel] != 0 || maps.imaginary(channel)[pixel] != 0) {
                return true;
            }
        }
        return false;
    }

    /** Those from this x on, so many pixels wide. */
    Sensitivities columns(int fromX, int width) {
        if (width == maps.sizeX()) {
            return this;
        }
        ChannelGrid columns = new ChannelGrid(maps.channels(), width, maps.sizeY(), maps.sizeZ());
        for (int channel = 0; channel < maps.channels(); channel++) {
            for (int row = 0; row < maps.sizeY() * maps.sizeZ(); row++) {
                int from = row * maps.sizeX() + fromX;
                System.arraycopy(maps.real(channel), from, columns.real(channel), row * width, width);
                System.arraycopy(maps.imaginary(channel), from, columns.imaginary(channel), row * width, width);
            }
        }
        return new Sensitivities(columns);
    }

    /**
     * The same maps on another grid over the same field of view, between the pixels linearly. A pixel whose neighbours are
     * not all known is made of those that are.
     */
    public Sensitivities resampled(int sizeX, int sizeY, int sizeZ) {
        if (sizeX == maps.sizeX() && sizeY == maps.sizeY() && sizeZ == maps.sizeZ()) {
            return this;
        }
        ChannelGrid to = new ChannelGrid(maps.channels(), sizeX, sizeY, sizeZ);
        LinearAxis alongX = new LinearAxis(maps.sizeX(), sizeX);
        LinearAxis alongY = new LinearAxis(maps.sizeY(), sizeY);
        LinearAxis alongZ = new LinearAxis(maps.sizeZ(), sizeZ);
        IntStream.range(0, sizeY * sizeZ).parallel().forEach(row -> {
            for (int channel = 0; channel < maps.channels(); channel++) {
                resampleRow(maps.real(channel), to.real(channel), row, alongX, alongY, alongZ);
                resampleRow(maps.imaginary(channel), to.imaginary(channel), row, alongX, alongY, alongZ);
            }
            normalise(to, row * sizeX, (row + 1) * sizeX);
        });
        return new Sensitivities(to);
    }

    static void resampleRow(float[] from, float[] to, int row, LinearAxis x, LinearAxis y, LinearAxis z) {
        int rowY = row % y.length();
        int rowZ = row / y.length();
        for (int corner = 0; corner < 4; corner++) {
            int fromRow = z.index(rowZ, corner >> 1) * y.fromLength() + y.index(rowY, corner & 1);
            float weight = z.weight(rowZ, corner >> 1) * y.weight(rowY, corner & 1);
            if (weight != 0) {
                for (int i = 0; i < x.length(); i++) {
                    int at = fromRow * x.fromLength();
                    to[row * x.length() + i] += weight
                            * (x.weight(i, 0) * from[at + x.index(i, 0)] + x.weight(i, 1) * from[at + x.index(i, 1)]);
                }
            }
        }
    }

    /** Scales pixels so that the squares of their magnitudes sum to 1; zeros stay zeros. */
    static void normalise(ChannelGrid maps, int from, int to) {
        for (int pixel = from; pixel < to; pixel++) {
            double sum = 0;
            for (int channel = 0; channel < maps.channels(); channel++) {
                double real = maps.real(channel)[pixel];
                double imaginary = maps.imaginary(channel)[pixel];
                sum += real * real + imaginary * imaginary;
            }
            float scale = sum > 0 ? (float) (1 / Math.sqrt(sum)) : 0;
            for (int channel = 0; channel < maps.channels(); channel++) {
                maps.real(channel)[pixel] *= scale;
                maps.imaginary(channel)[pixel] *= scale;
            }
        }
    }
}
