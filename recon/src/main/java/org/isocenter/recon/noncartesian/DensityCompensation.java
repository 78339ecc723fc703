package org.isocenter.recon.noncartesian;

import java.util.Arrays;

/**
 * How much of k-space each sample stands for, in cells of the image's k-space: 1 for samples on the Cartesian grid of the
 * image, so that its brightness is that of the same image measured line by line.
 */
final class DensityCompensation {
    /** Rounds of the iteration; more sharpen noise rather than the image. */
    private static final int ROUNDS = 25;
    /** Samples beyond this share of the matrix's half fill its corners. */
    private static final double CORNER = 1.1;

    private DensityCompensation() {}

    /** Exact areas for spokes and spirals, the iteration for everything else. Zero for samples that are not wanted. */
    static float[] weights(Samples samples, KernelGrid grid) {
        float[] spokes = Spokes.weights(samples);
        if (spokes != null) {
            return spokes;
        }
        float[] arms = SpiralArms.weights(samples);
        return arms != null ? arms : iterated(samples, grid);
    }

    /**
     * Makes the density of the weights, seen through the kernel twice, that of evenly filled k-space at every sample: each
     * round divides the weights by the one and multiplies by the other (Pipe and Menon, Magn Reson Med 41:179, 1999; there,
     * k-space has no edge, and samples near it get too much weight).
     */
    static float[] iterated(Samples samples, KernelGrid kernelGrid) {
        float[] weights = new float[samples.count()];
        double farthest = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = samples.wanted()[i] ? 1 : 0;
            farthest = samples.wanted()[i] ? Math.max(farthest, samples.radius(i)) : farthest;
        }
        Footprints footprints = new Footprints(samples, kernelGrid);
        float[] wanted = new float[weights.length];
        float[] density = new float[weights.length];
        float[] grid = kernelGrid.zeros();
        footprints.gather(kernelGrid.evenly(farthest, CORNER), wanted);
        for (int round = 0; round < ROUNDS; round++) {
            Arrays.fill(grid, 0);
            footprints.spread(weights, grid);
            kernelGrid.wrap(grid);
            footprints.gather(grid, density);
            for (int i = 0; i < weights.length; i++) {
                if (density[i] > 0) {
                    weights[i] *= wanted[i] / density[i];
                }
            }
        }
        // The kernel's integral is one, so a weight is now an area in grid points.
        float scale = (float) (1 / kernelGrid.pointsPerCell());
        for (int i = 0; i < weights.length; i++) {
            weights[i] *= scale;
        }
        return weights;
    }
}
