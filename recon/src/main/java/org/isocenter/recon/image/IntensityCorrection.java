package org.isocenter.recon.image;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * Takes off what a surface coil, or an uneven transmit field, makes brighter here and darker there. What varies slowly over the
 * object is taken for shading: by a Gaussian low-pass of the object alone (Cohen et al. 2000), or by a polynomial through the
 * logarithm of its brightness, from which voxels of other brightness than most are left out in turns (as in Sled et al. 1998, without
 * their sharpening). The mean brightness over the object stays; where the shading is far below its mean, noise is not raised without end.
 */
public final class IntensityCorrection {
    /** Nearly the brightest voxel, below this share of which there is no object. */
    private static final double OBJECT_SHARE = 0.15;

    private static final double BRIGHT_SHARE = 0.98;
    private static final int ROUNDS = 6;
    private static final int MOST_SAMPLES = 100_000;
    /** Residuals beyond so many robust deviations are other tissue. */
    private static final double OTHER_TISSUE = 1.5;

    private static final double MEDIAN_ABSOLUTE = 0.6744897501960817;

    private IntensityCorrection() {}

    /**
     * The shading by low-pass, 1 in the mean over the object.
     *
     * @param sigmas of the Gaussian, in voxels along columns, rows and slices
     */
    public static float[] lowPass(float[] magnitude, int columns, int rows, int slices, double... sigmas) {
        float[] object = object(magnitude);
        float[] shading = GaussianBlur.weightedMean(magnitude, object, columns, rows, slices, sigmas);
        return normalised(shading, object);
    }

    /**
     * The shading as the exponential of a polynomial, 1 in the mean over the object.
     *
     * @param order of the polynomial, 1 to 6
     */
    public static float[] polynomial(float[] magnitude, int columns, int rows, int slices, int order) {
        float[] object = object(magnitude);
        int[] samples = samples(object);
        float[] logarithm = new float[samples.length];
        float[] weight = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            logarithm[i] = (float) Math.log(magnitude[samples[i]]);
            weight[i] = 1;
        }
        PolynomialFit fit = new PolynomialFit(columns, rows, slices, order);
        double[] coefficients = fit.coefficients(samples, logarithm, weight);
        for (int round = 1; round < ROUNDS; round++) {
            float[] miss = fit.at(samples, coefficients);
            for (int i = 0; i < miss.length; i++) {
                miss[i] = Math.abs(miss[i] - logarithm[i]);
            }
            double limit = OTHER_TISSUE * median(miss) / MEDIAN_ABSOLUTE;
            for (int i = 0; i < weight.length; i++) {
                weight[i] = miss[i] <= limit ? 1 : 0;
            }
            coefficients = fit.coefficients(samples, logarithm, weight);
        }
        float[] shading = fit.everywhere(coefficients);
        for (int i = 0; i < shading.length; i++) {
            shading[i] = (float) Math.exp(Math.max(-20, Math.min(20, shading[i])));
        }
        return normalised(shading, object);
    }

    /**
     * Divides by the shading.
     *
     * @param regularisation share of the mean shading below which the division stops: s/(s² + r²) instead of 1/s, scaled so that where
     *     the shading is 1 nothing changes
     */
    public static ChannelGrid divided(ChannelGrid image, float[] shading, double regularisation) {
        ChannelGrid even = new ChannelGrid(image.channels(), image.sizeX(), image.sizeY(), image.sizeZ());
        float squared = (float) (regularisation * regularisation);
        for (int c = 0; c < image.channels(); c++) {
            float[] re = image.real(c);
            float[] im = image.imaginary(c);
            for (int i = 0; i < shading.length; i++) {
                float factor =
                        shading[i] * (1 + squared) / Math.max(Float.MIN_NORMAL, shading[i] * shading[i] + squared);
                even.real(c)[i] = factor * re[i];
                even.imaginary(c)[i] = factor * im[i];
            }
        }
        return even;
    }

    /** 1 in the object, else 0. */
    private static float[] object(float[] magnitude) {
        float[] sorted = magnitude.clone();
        Arrays.sort(sorted);
        float least = (float) (OBJECT_SHARE * sorted[(int) (BRIGHT_SHARE * (sorted.length - 1))]);
        float[] object = new float[magnitude.length];
        for (int i = 0; i < object.length; i++) {
            object[i] = magnitude[i] > least ? 1 : 0;
        }
        return object;
    }

    /** Voxels of the object, evenly drawn: a polynomial needs no more. */
    private static int[] samples(float[] object) {
        int[] all = IntStream.range(0, object.length).filter(i -> object[i] > 0).toArray();
        int stride = 1 + all.length / MOST_SAMPLES;
        return IntStream.range(0, all.length / stride).map(i -> all[i * stride]).toArray();
    }

    private static double median(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static float[] normalised(float[] shading, float[] object) {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < shading.length; i++) {
            sum += object[i] * shading[i];
            count += object[i];
        }
        float scale = sum > 0 ? (float) (count / sum) : 1;
        for (int i = 0; i < shading.length; i++) {
            shading[i] *= scale;
        }
        return shading;
    }
}
