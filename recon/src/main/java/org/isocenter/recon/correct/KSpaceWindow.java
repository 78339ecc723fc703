package org.isocenter.recon.correct;

import java.util.List;
import java.util.stream.IntStream;
import org.isocenter.recon.array.ChannelGrid;

/**
 * A weight for each distance from the centre of k-space, against ringing at edges and noise at high resolution. The weights
 * are real and even about k = 0, so that nothing moves, and 1 at k = 0, so that means stay.
 */
@FunctionalInterface
public interface KSpaceWindow {
    /**
     * @param k distance from the centre of k-space in cycles per pixel of the measured matrix: -0.5 to 0.5
     * @return from 0 to 1
     */
    double weight(double k);

    /**
     * Hann's, to zero at a share of the measured extent. With all of it a point becomes ¼, ½, ¼: two pixels wide at half its
     * height (Harris 1978).
     *
     * @param share above 0, up to 1
     */
    static KSpaceWindow hann(double share) {
        require("share", share, Double.MIN_VALUE, 1);
        return k -> Math.abs(k) < share / 2 ? 0.5 + 0.5 * Math.cos(2 * Math.PI * k / share) : 0;
    }

    /**
     * Tukey's: 1 within, and half a period of a cosine to zero over the outer part.
     *
     * @param taper share of the extent over which it falls: 0 for no filter, 1 for Hann's
     */
    static KSpaceWindow tukey(double taper) {
        require("taper", taper, 0, 1);
        double flat = (1 - taper) / 2;
        return k -> {
            double beyond = Math.abs(k) - flat;
            return beyond <= 0 ? 1 : 0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, beyond / (taper / 2)));
        };
    }

    /**
     * Fermi's function: one half at {@code radius}, between 88 and 12 % within {@code width} on either side of it times 2.
     *
     * @param radius share of the half extent, above 0, up to 1
     * @param width share of the half extent, above 0, up to 1
     */
    static KSpaceWindow fermi(double radius, double width) {
        require("radius", radius, Double.MIN_VALUE, 1);
        require("width", width, Double.MIN_VALUE, 1);
        double middle = 1 + Math.exp(-radius / width);
        return k -> middle / (1 + Math.exp((2 * Math.abs(k) - radius) / width));
    }

    /**
     * Gauss's.
     *
     * @param fwhmPixels full width at half maximum, in pixels of the measured matrix, of what a point becomes; 0 for no filter
     */
    static KSpaceWindow gauss(double fwhmPixels) {
        require("fwhm", fwhmPixels, 0, 1e3);
        double exponent = Math.pow(Math.PI * fwhmPixels, 2) / (4 * Math.log(2));
        return k -> Math.exp(-exponent * k * k);
    }

    private static void require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(name + " is " + value + ", not from " + least + " to " + most);
        }
    }

    /**
     * Weighs all channels, in place, along x, y and z: the weight of a point is the product of its three. The edge of
     * k-space is where its values end, so that a zero-filled one is filtered as far as it was measured.
     */
    default void apply(ChannelGrid kSpace) {
        List<SampledExtent> extents = SampledExtent.of(kSpace);
        float[] alongX = weights(extents.get(0));
        float[] alongY = weights(extents.get(1));
        float[] alongZ = weights(extents.get(2));
        int sizeX = kSpace.sizeX();
        int sizeY = kSpace.sizeY();
        IntStream.range(0, kSpace.channels() * kSpace.sizeZ()).parallel().forEach(plane -> {
            float[] real = kSpace.real(plane / kSpace.sizeZ());
            float[] imaginary = kSpace.imaginary(plane / kSpace.sizeZ());
            int z = plane % kSpace.sizeZ();
            for (int y = 0; y < sizeY; y++) {
                float row = alongY[y] * alongZ[z];
                int at = (z * sizeY + y) * sizeX;
                for (int x = 0; x < sizeX; x++) {
                    float weight = row * alongX[x];
                    real[at + x] *= weight;
                    imaginary[at + x] *= weight;
                }
            }
        });
    }

    private float[] weights(SampledExtent extent) {
        float[] weights = new float[extent.size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = extent.held() < 2 ? 1 : (float) weight((i - extent.center()) / (double) extent.whole());
        }
        return weights;
    }
}
