package org.isocenter.recon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

/** Figures that describe an image in the report. Estimates from one image: good for comparing, not for acceptance tests. */
public final class ImageQuality {
    /** A magnitude of pure complex noise follows Rayleigh's distribution: its median is σ·√(2 ln 2). */
    private static final double RAYLEIGH_MEDIAN = Math.sqrt(2 * Math.log(2));

    /** Noise alone exceeds this many σ in 4e-6 of the pixels. */
    private static final double SIGNAL_ABOVE_SIGMA = 5;

    private static final int LEAST_PIXELS = 16;
    /** Corners whose medians differ by less than this factor are both background. */
    private static final double ALIKE = 1.5;

    private ImageQuality() {}

    /**
     * Signal-to-noise ratio: mean of the pixels with signal over the standard deviation σ of the noise in one channel
     * (real or imaginary). σ comes from the median of the background, which is Rayleigh distributed in a magnitude image of
     * one channel (Gudbjartsson and Patz 1995); the signal's Rician bias is taken off, {@code √(mean² − σ²)}. The background
     * is the four corners, each an eighth of the matrix wide and high, through all slices, but for those that are brighter
     * than the darkest by half and so hold some of the object. With several channels combined by root sum of squares, σ is overestimated.
     *
     * @return NaN where there is no background, no noise in it, or no signal, and of all but magnitudes
     */
    public static double snr(ImageVolume volume) {
        if (volume.quantity() != Quantity.MAGNITUDE) {
            return Double.NaN;
        }
        double sigma = backgroundSigma(volume);
        if (!(sigma > 0)) {
            return Double.NaN;
        }
        double sum = 0;
        long count = 0;
        for (float pixel : volume.pixels()) {
            if (pixel > SIGNAL_ABOVE_SIGMA * sigma) {
                sum += pixel;
                count++;
            }
        }
        if (count < LEAST_PIXELS) {
            return Double.NaN;
        }
        double mean = sum / count;
        return Math.sqrt(mean * mean - sigma * sigma) / sigma;
    }

    private static double backgroundSigma(ImageVolume volume) {
        int width = volume.columns() / 8;
        int height = volume.rows() / 8;
        int cornerPixels = width * height * volume.slices();
        if (cornerPixels < LEAST_PIXELS) {
            return Double.NaN;
        }
        List<float[]> corners = new ArrayList<>();
        for (int column : new int[] {0, volume.columns() - width}) {
            for (int row : new int[] {0, volume.rows() - height}) {
                corners.add(sortedCorner(volume, column, row, width, height));
            }
        }
        double darkest =
                corners.stream().mapToDouble(ImageQuality::median).min().orElseThrow();
        corners.removeIf(corner -> median(corner) > ALIKE * darkest);
        float[] pooled = new float[corners.size() * cornerPixels];
        for (int i = 0; i < corners.size(); i++) {
            System.arraycopy(corners.get(i), 0, pooled, i * cornerPixels, cornerPixels);
        }
        Arrays.sort(pooled);
        return median(pooled) / RAYLEIGH_MEDIAN;
    }

    private static double median(float[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static float[] sortedCorner(ImageVolume volume, int fromColumn, int fromRow, int width, int height) {
        float[] values = new float[width * height * volume.slices()];
        int count = 0;
        for (int slice = 0; slice < volume.slices(); slice++) {
            for (int row = fromRow; row < fromRow + height; row++) {
                for (int column = fromColumn; column < fromColumn + width; column++) {
                    values[count++] = volume.pixel(column, row, slice);
                }
            }
        }
        Arrays.sort(values);
        return values;
    }
}
