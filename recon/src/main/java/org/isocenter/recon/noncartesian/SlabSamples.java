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

    /**
     * What residuals of an iterative reconstruction are multiplied by.
     *
     * @param byDensity by the root of the part of k-space that they stand for; else those wanted count alike
     */
    float[] rootWeights(boolean byDensity) {
        float[] weights = new float[samples.count()];
        for (int i = 0; i < weights.length; i++) {
            double one = samples.wanted()[i] ? 1 : 0;
            weights[i] = (float) (byDensity ? Math.sqrt(densityWeights[i]) : one);
        }
        return weights;
    }

    /** Multiplies every channel's samples. */
    static void weigh(float[] weights, float[][] real, float[][] imaginary) {
        for (int channel = 0; channel < real.length; channel++) {
            for (int i = 0; i < weights.length; i++) {
                real[channel][i] *= weights[i];
                imaginary[channel][i] *= weights[i];
            }
        }
    }

    synchronized Nufft nufft() {
        if (nufft == null) {
            nufft = new Nufft(samples, grid);
        }
        return nufft;
    }
}
