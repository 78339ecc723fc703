package org.isocenter.recon.image;

import java.util.Arrays;
import org.isocenter.recon.array.ChannelGrid;

/** The noise's standard deviation from an image alone. */
public final class NoiseLevel {
    /** Of a normal distribution, the median of absolute values over the standard deviation. */
    private static final double MEDIAN_ABSOLUTE = 0.6744897501960817;

    /** Fewer differences than these tell nothing. */
    private static final int LEAST = 64;

    private NoiseLevel() {}

    /**
     * In real and imaginary part of one channel: from the finest diagonal details, which hold little of the object (Donoho and
     * Johnstone 1994: the median of the absolute Haar coefficients). Noise must be white: it is underestimated where the image was
     * interpolated.
     *
     * @return NaN where there is too little to tell
     */
    public static double ofComplex(ChannelGrid image, int channel) {
        int columns = image.sizeX();
        int rows = image.sizeY();
        float[] details = new float[2 * (columns / 2) * (rows / 2) * image.sizeZ()];
        int count = 0;
        for (int slice = 0; slice < image.sizeZ(); slice++) {
            for (int row = 0; row + 1 < rows; row += 2) {
                for (int column = 0; column + 1 < columns; column += 2) {
                    int at = (slice * rows + row) * columns + column;
                    details[count++] = detail(image.real(channel), at, columns);
                    details[count++] = detail(image.imaginary(channel), at, columns);
                }
            }
        }
        return median(details, count) / MEDIAN_ABSOLUTE;
    }

    /**
     * In real and imaginary part of a channel, the root of the mean of the channels' squares.
     *
     * @return NaN where there is too little to tell
     */
    public static double ofComplex(ChannelGrid image) {
        double sum = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            double sigma = ofComplex(image, channel);
            sum += sigma * sigma;
        }
        return Math.sqrt(sum / image.channels());
    }

    private static float detail(float[] values, int at, int columns) {
        return Math.abs(values[at] - values[at + 1] - values[at + columns] + values[at + columns + 1]) / 2;
    }

    /** Values of exactly 0, where there never was any signal or noise, do not count. */
    private static double median(float[] values, int count) {
        Arrays.sort(values, 0, count);
        int zeros = 0;
        while (zeros < count && values[zeros] == 0) {
            zeros++;
        }
        return count - zeros < LEAST ? Double.NaN : values[(zeros + count) / 2];
    }
}
