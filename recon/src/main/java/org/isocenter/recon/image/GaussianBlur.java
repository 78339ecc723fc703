package org.isocenter.recon.image;

import java.util.stream.IntStream;

/** Gaussian low-pass of a volume, one axis after the other; outside of it are zeros. Uses the common pool. */
final class GaussianBlur {
    /** What is farther away than so many σ is left out. */
    private static final double REACH = 3.5;

    private GaussianBlur() {}

    /**
     * In place.
     *
     * @param sigmas in voxels along columns, rows and slices; an axis with 0 stays as it is
     */
    static void apply(float[] values, int columns, int rows, int slices, double... sigmas) {
        int plane = columns * rows;
        along(values, sigmas[0], columns, 1, rows * slices, line -> line * columns);
        along(values, sigmas[1], rows, columns, columns * slices, line -> line / columns * plane + line % columns);
        along(values, sigmas[2], slices, plane, plane, line -> line);
    }

    /** @return the mean of the values about each voxel, weighted by the Gaussian and by {@code weights}; 0 without weight */
    static float[] weightedMean(float[] values, float[] weights, int columns, int rows, int slices, double... sigmas) {
        float[] sum = new float[values.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = weights[i] * values[i];
        }
        float[] weight = weights.clone();
        apply(sum, columns, rows, slices, sigmas);
        apply(weight, columns, rows, slices, sigmas);
        for (int i = 0; i < sum.length; i++) {
            sum[i] = weight[i] > LEAST_WEIGHT ? sum[i] / weight[i] : 0;
        }
        return sum;
    }

    /** Of all the weight that there could be: less is the end of a Gaussian's tail, which is cut off. */
    private static final float LEAST_WEIGHT = 1e-4f;

    private interface LineStart {
        int of(int line);
    }

    private static void along(float[] values, double sigma, int count, int step, int lines, LineStart start) {
        if (!(sigma > 0) || count == 1) {
            return;
        }
        int reach = Math.min(count - 1, (int) Math.ceil(REACH * sigma));
        float[] kernel = new float[reach + 1];
        double sum = 0;
        for (int k = 0; k <= reach; k++) {
            double weight = Math.exp(-0.5 * k * k / (sigma * sigma));
            kernel[k] = (float) weight;
            sum += k == 0 ? weight : 2 * weight;
        }
        for (int k = 0; k <= reach; k++) {
            kernel[k] /= (float) sum;
        }
        int parts = Math.min(lines, 64);
        IntStream.range(0, parts).parallel().forEach(part -> {
            float[] padded = new float[count + 2 * reach];
            float[] smooth = new float[count];
            for (int line = part; line < lines; line += parts) {
                int at = start.of(line);
                for (int i = 0; i < count; i++) {
                    padded[reach + i] = values[at + i * step];
                    smooth[i] = kernel[0] * padded[reach + i];
                }
                for (int k = 1; k <= reach; k++) {
                    float weight = kernel[k];
                    for (int i = 0; i < count; i++) {
                        smooth[i] += weight * (padded[reach + i - k] + padded[reach + i + k]);
                    }
                }
                for (int i = 0; i < count; i++) {
                    values[at + i * step] = smooth[i];
                }
            }
        });
    }
}
