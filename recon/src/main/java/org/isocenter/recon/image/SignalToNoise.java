package org.isocenter.recon.image;

import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.array.OrderStatistic;

/**
 * Mean signal of an image over the standard deviation of its noise, and how that was found. Good for comparing; for acceptance
 * tests NEMA MS 1 asks for a uniform phantom that the regions of interest are laid into by hand.
 *
 * @param value NaN where it cannot be told
 * @param method in words; empty where there is no value
 */
public record SignalToNoise(double value, String method) {
    public static final SignalToNoise UNKNOWN = new SignalToNoise(Double.NaN, "");

    /** Of NEMA MS 1, method 1. */
    public static final String DIFFERENCE = "difference of two acquisitions (NEMA MS 1, method 1)";

    /** Of NEMA MS 1, method 4. */
    public static final String BACKGROUND = "noise of the background (NEMA MS 1, method 4)";

    /** The step whose noise grows with the number of channels. */
    private static final String ROOT_SUM_OF_SQUARES = "root-sum-of-squares";

    /** Noise alone exceeds this many σ in 4e-6 of the pixels. */
    private static final double SIGNAL_ABOVE_SIGMA = 5;

    private static final int LEAST_PIXELS = 16;
    /** Corners whose medians differ by less than this factor are both background. */
    private static final double ALIKE = 1.5;

    /** Of each volume of a reconstruction. */
    public static List<SignalToNoise> of(Reconstruction.Result result, ScanHeader header) {
        boolean summed = result.chains().stream()
                .flatMap(chain -> chain.steps().stream())
                .anyMatch(step -> step.name().equals(ROOT_SUM_OF_SQUARES));
        List<SignalToNoise> all = new ArrayList<>();
        for (int i = 0; i < result.volumes().size(); i++) {
            int apart = result.complex().get(i).channels();
            int channels = summed ? Math.max(1, header.scanner().receiverChannels()) : apart;
            all.add(of(result.volumes().get(i), result.volumes(), channels));
        }
        return all;
    }

    /**
     * By the difference to another image of the same place, contrast and weighting among these, if there is one; else by the
     * background.
     *
     * @param channels whose squares were added up to the magnitude; 1 for combinations by their sensitivities
     */
    public static SignalToNoise of(ImageVolume image, List<ImageVolume> all, int channels) {
        for (ImageVolume other : all) {
            if (other != image && isRepetition(other, image)) {
                SignalToNoise found = byDifference(image, other);
                if (Double.isFinite(found.value)) {
                    return found;
                }
            }
        }
        return byBackground(image, channels);
    }

    private static boolean isRepetition(ImageVolume one, ImageVolume other) {
        boolean sameWeighting = one.diffusion() == null
                ? other.diffusion() == null
                : one.diffusion().equals(other.diffusion());
        return one.quantity() == Quantity.MAGNITUDE
                && other.quantity() == Quantity.MAGNITUDE
                && sameWeighting
                && one.contrast() == other.contrast()
                && one.acquiredFraction() == 1
                && other.acquiredFraction() == 1
                && one.geometry().equals(other.geometry())
                && one.pixels().length == other.pixels().length
                && withoutRepetition(one.name()).equals(withoutRepetition(other.name()));
    }

    private static String withoutRepetition(String name) {
        return name.replaceFirst("repetition \\d+", "");
    }

    /**
     * By two images that differ by noise alone: the mean of both, over the standard deviation of their difference by √2, in the
     * brighter half of the object, where magnitudes are free of bias.
     *
     * @return {@link #UNKNOWN} where there is no object
     */
    public static SignalToNoise byDifference(ImageVolume one, ImageVolume other) {
        float[] a = one.pixels();
        float[] b = other.pixels();
        float[] sums = new float[a.length];
        for (int i = 0; i < a.length; i++) {
            sums[i] = a[i] + b[i];
        }
        float least = OrderStatistic.of(sums, (int) (0.98 * (sums.length - 1))) / 2;
        double signal = 0;
        double difference = 0;
        double squares = 0;
        long count = 0;
        for (int i = 0; i < a.length; i++) {
            if (sums[i] > least) {
                double d = (double) a[i] - b[i];
                signal += sums[i] / 2;
                difference += d;
                squares += d * d;
                count++;
            }
        }
        double sigma = Math.sqrt((squares - difference * difference / count) / (count - 1) / 2);
        return count < LEAST_PIXELS || !(sigma > 0) ? UNKNOWN : new SignalToNoise(signal / count / sigma, DIFFERENCE);
    }

    /**
     * By the background of a magnitude image: mean of the pixels with signal over the standard deviation σ of the noise in one
     * channel (real or imaginary), the signal's bias taken off, {@code √(mean² − (2n−1)·σ²)} for n channels.
     *
     * @param channels whose squares were added up to the magnitude
     * @return {@link #UNKNOWN} where there is no background, no noise in it, or no signal, and of all but magnitudes
     */
    public static SignalToNoise byBackground(ImageVolume image, int channels) {
        if (image.quantity() != Quantity.MAGNITUDE) {
            return UNKNOWN;
        }
        double sigma = backgroundSigma(image, channels);
        if (!(sigma > 0)) {
            return UNKNOWN;
        }
        double sum = 0;
        long count = 0;
        double above = SIGNAL_ABOVE_SIGMA * Math.sqrt(channels);
        for (float pixel : image.pixels()) {
            if (pixel > above * sigma) {
                sum += pixel;
                count++;
            }
        }
        if (count < LEAST_PIXELS) {
            return UNKNOWN;
        }
        double mean = sum / count;
        double signal = Math.sqrt(Math.max(0, mean * mean - (2 * channels - 1) * sigma * sigma));
        return new SignalToNoise(signal / sigma, BACKGROUND);
    }

    /**
     * Standard deviation σ of the noise in one channel (real or imaginary), from the background's median, which is that of a χ
     * distribution with two degrees of freedom per channel: σ·√(2·ln 2) for one, Rayleigh's (Gudbjartsson and Patz 1995; Constantinides
     * et al. 1997). NEMA's way, the standard deviation over 0.655 for one channel, gives the same in noise alone, but ghosts disturb it
     * more. The background is the four corners, each an eighth of the matrix wide and high, through all slices, but for those that are
     * brighter than the darkest by half and so hold some of the object.
     *
     * @return NaN where the corners hold too few pixels, or are mostly negative as no magnitudes are, whatever a server called them
     */
    public static double backgroundSigma(ImageVolume image, int channels) {
        int width = image.columns() / 8;
        int height = image.rows() / 8;
        int cornerPixels = width * height * image.slices();
        if (cornerPixels < LEAST_PIXELS) {
            return Double.NaN;
        }
        List<float[]> corners = new ArrayList<>();
        for (int column : new int[] {0, image.columns() - width}) {
            for (int row : new int[] {0, image.rows() - height}) {
                corners.add(corner(image, column, row, width, height));
            }
        }
        double darkest =
                corners.stream().mapToDouble(SignalToNoise::median).min().orElseThrow();
        if (darkest < 0) {
            return Double.NaN;
        }
        corners.removeIf(corner -> median(corner) > ALIKE * darkest);
        float[] pooled = new float[corners.size() * cornerPixels];
        for (int i = 0; i < corners.size(); i++) {
            System.arraycopy(corners.get(i), 0, pooled, i * cornerPixels, cornerPixels);
        }
        return median(pooled) / medianOfNoise(channels);
    }

    /** Of the root of 2n squares of normal values of deviation 1: where {@code e^(-u)·Σ u^k/k!}, k below n, is a half, √(2u). */
    static double medianOfNoise(int channels) {
        double low = 0;
        double high = 2 * channels;
        for (int i = 0; i < 60; i++) {
            double u = (low + high) / 2;
            double term = Math.exp(-u);
            double above = term;
            for (int k = 1; k < channels; k++) {
                term *= u / k;
                above += term;
            }
            if (above > 0.5) {
                low = u;
            } else {
                high = u;
            }
        }
        return Math.sqrt(2 * low);
    }

    private static double median(float[] values) {
        return OrderStatistic.of(values, values.length / 2);
    }

    private static float[] corner(ImageVolume image, int fromColumn, int fromRow, int width, int height) {
        float[] values = new float[width * height * image.slices()];
        int count = 0;
        for (int slice = 0; slice < image.slices(); slice++) {
            for (int row = fromRow; row < fromRow + height; row++) {
                for (int column = fromColumn; column < fromColumn + width; column++) {
                    values[count++] = image.pixel(column, row, slice);
                }
            }
        }
        return values;
    }
}
