package org.isocenter.recon.maps;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.Quantity;
import org.isocenter.recon.image.SignalToNoise;

/**
 * The apparent diffusion coefficient: an exponential over the b-value by non-linear least squares (Le Bihan et al. 1986). Of several
 * directions with the same b-value the geometric mean is taken, whose decay is the mean of the directions' coefficients. Where
 * there is next to no signal without weighting the map is 0. Noise that is not far below the signal makes diffusion appear slower.
 */
final class DiffusionMap {
    private static final double SQUARE_MICROMETERS = 1e12;
    /** b-values that differ by less are the same, s/m². */
    private static final double SAME = 0.5e6;

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

    /**
     * The map, and one of its standard deviation if there are more b-values than unknowns, or a background that tells the noise.
     *
     * @param images possible ones, the first without weighting
     */
    static List<ImageVolume> of(List<ImageVolume> images) {
        Map<Double, List<ImageVolume>> byWeighting = new TreeMap<>();
        for (ImageVolume image : images) {
            double b = SAME * Math.rint(image.diffusion().secondsPerSquareMeter() / SAME);
            byWeighting.computeIfAbsent(b, key -> new ArrayList<>()).add(image);
        }
        int count = byWeighting.size();
        double[] b = new double[count];
        double[] weights = new double[count];
        float[][] signals = new float[count][];
        int at = 0;
        for (List<ImageVolume> alike : byWeighting.values()) {
            b[at] = alike.stream()
                    .mapToDouble(i -> i.diffusion().secondsPerSquareMeter())
                    .average()
                    .orElseThrow();
            weights[at] = alike.size();
            signals[at++] = geometricMean(alike);
        }
        ImageVolume first = images.get(0);
        double sigma = SignalToNoise.backgroundSigma(first, 1);
        VoxelFits.Maps maps = new VoxelFits(
                        new Decay(0), Decay.RATE, SQUARE_MICROMETERS, false, b, weights, sigma > 0 ? sigma : Double.NaN)
                .of(signals, ObjectMask.of(first));
        ImageVolume map = volume("diffusion coefficient", Quantity.DIFFUSION, first, maps.values());
        return count == 2 && !(sigma > 0)
                ? List.of(map)
                : List.of(map, volume("diffusion deviation", Quantity.DIFFUSION_DEVIATION, first, maps.deviation()));
    }

    /** Not of any one weighting. */
    private static ImageVolume volume(String name, Quantity quantity, ImageVolume first, float[] pixels) {
        return new ImageVolume(
                name,
                first.columns(),
                first.rows(),
                first.slices(),
                pixels,
                first.geometry(),
                first.contrast(),
                1,
                null,
                quantity);
    }

    private static float[] geometricMean(List<ImageVolume> images) {
        if (images.size() == 1) {
            return images.get(0).pixels();
        }
        double[] logarithms = new double[images.get(0).pixels().length];
        for (ImageVolume image : images) {
            for (int i = 0; i < logarithms.length; i++) {
                logarithms[i] += Math.log(Math.max(image.pixels()[i], Float.MIN_NORMAL));
            }
        }
        float[] mean = new float[logarithms.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = (float) Math.exp(logarithms[i] / images.size());
        }
        return mean;
    }
}
