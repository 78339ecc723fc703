package org.isocenter.recon.noncartesian;

/**
 * Where the samples of one slab lie, and what part of k-space each stands for. The transforms are prepared when they are first
 * asked for. Any thread.
 */
final class SlabSamples {
    private final Samples samples;
    private final KernelGrid grid;
    private final float[] densityWeights;
    private Nufft nufft; // guarded by this

    SlabSamples(Samples samples, KernelGrid grid) {
        this.samples = samples;
        this.grid = grid;
        this.densityWeights = DensityCompensation.weights(samples, grid);
    }

    Samples samples() {
        return samples;
    }

    KernelGrid grid() {
        return grid;
    }

    /** In cells of the image's k-space; 0 for samples that are not wanted. */
    float[] densityWeights() {
        return densityWeights;
    }

    synchronized Nufft nufft() {
        if (nufft == null) {
            nufft = new Nufft(samples, grid);
        }
        return nufft;
    }
}
