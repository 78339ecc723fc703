package org.isocenter.recon.maps;

import java.util.List;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;

/**
 * The apparent diffusion coefficient: the slope of the signal's logarithm over the b-value, by least squares over all
 * weightings (Le Bihan et al. 1986); with several directions it is the mean over them. Where there is next to no signal without weighting
 * the map is 0. Noise that is not far below the signal makes diffusion appear slower.
 */
final class DiffusionMap {
    private static final double SQUARE_MICROMETERS = 1e12;

    private DiffusionMap() {}

    /** Whether these are whole images of the same place with different weightings, one of them none. */
    static boolean isPossible(List<ImageVolume> images) {
        if (images.isEmpty() || images.stream().anyMatch(i -> i.diffusion() == null || i.acquiredFraction() < 1)) {
            return false;
        }
        ImageVolume first = images.get(0);
        return first.diffusion().secondsPerSquareMeter() == 0
                && images.stream().anyMatch(i -> i.diffusion().secondsPerSquareMeter() > 0)
                && images.stream()
                        .allMatch(i ->
                                i.geometry().equals(first.geometry()) && i.pixels().length == first.pixels().length);
    }

    /** @param images possible ones, the first without weighting */
    static ImageVolume of(List<ImageVolume> images) {
        ImageVolume first = images.get(0);
        boolean[] object = ObjectMask.of(first);
        double mean = images.stream()
                .mapToDouble(i -> i.diffusion().secondsPerSquareMeter())
                .average()
                .orElse(0);
        double variance = 0;
        double[] slope = new double[object.length];
        for (ImageVolume image : images) {
            double b = image.diffusion().secondsPerSquareMeter() - mean;
            variance += b * b;
            for (int i = 0; i < slope.length; i++) {
                if (object[i]) {
                    slope[i] -= b * Math.log(Math.max(image.pixels()[i], Float.MIN_NORMAL));
                }
            }
        }
        float[] coefficient = new float[object.length];
        for (int i = 0; i < coefficient.length; i++) {
            coefficient[i] = (float) Math.max(0, SQUARE_MICROMETERS * slope[i] / variance);
        }
        return new ImageVolume(
                "diffusion coefficient",
                first.columns(),
                first.rows(),
                first.slices(),
                coefficient,
                first.geometry(),
                first.contrast(),
                1,
                null,
                Quantity.DIFFUSION);
    }
}
