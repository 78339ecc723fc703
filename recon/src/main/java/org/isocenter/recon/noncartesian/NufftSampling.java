package org.isocenter.recon.noncartesian;

import org.isocenter.recon.iterative.FourierSampling;

/**
 * Samples anywhere in k-space as the sampling of an iterative reconstruction. Data are in the order of the samples; those not
 * wanted are left alone by {@code forward} and count nothing in {@code adjoint}. {@code normal} uses Toeplitz embedding: the
 * adjoint after the forward transform is a convolution with the sampling's point-spread function, and so a product on a grid twice the
 * image's (Fessler et al., IEEE Trans Signal Process 53:3393, 2005). Immutable.
 */
final class NufftSampling implements FourierSampling {
    private final KernelGrid grid;
    private final Nufft nufft;
    private final float[] weights;
    private final float scale;
    private final ToeplitzNormal toeplitz;

    /** @param weights by which data are multiplied: roots of the density compensation, or ones */
    NufftSampling(Samples samples, KernelGrid grid, Nufft nufft, float[] weights) {
        this.grid = grid;
        this.weights = weights;
        this.nufft = nufft;
        this.scale = (float) (1 / Math.sqrt(grid.pixels()));
        float[] squares = new float[weights.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = weights[i] * weights[i] * scale * scale;
        }
        this.toeplitz = new ToeplitzNormal(samples, grid, nufft, squares);
    }

    @Override
    public int sizeX() {
        return grid.x.pixels();
    }

    @Override
    public int sizeY() {
        return grid.y.pixels();
    }

    @Override
    public int sizeZ() {
        return grid.z.pixels();
    }

    @Override
    public int samples() {
        return weights.length;
    }

    @Override
    public Task task() {
        return new OneThread();
    }

    private final class OneThread implements Task {
        private Nufft.Scratch scratch;
        private float[] weighted;
        private float[] weightedImaginary;
        private ToeplitzNormal.Scratch normal;

        @Override
        public void forward(float[] imageReal, float[] imageImaginary, float[] dataReal, float[] dataImaginary) {
            prepare();
            scratch.forward(imageReal, imageImaginary, dataReal, dataImaginary);
            for (int i = 0; i < weights.length; i++) {
                dataReal[i] *= scale * weights[i];
            }
            for (int i = 0; i < weights.length; i++) {
                dataImaginary[i] *= scale * weights[i];
            }
        }

        @Override
        public void adjoint(float[] dataReal, float[] dataImaginary, float[] imageReal, float[] imageImaginary) {
            prepare();
            for (int i = 0; i < weights.length; i++) {
                weighted[i] = scale * weights[i] * dataReal[i];
            }
            for (int i = 0; i < weights.length; i++) {
                weightedImaginary[i] = scale * weights[i] * dataImaginary[i];
            }
            scratch.adjoint(weighted, weightedImaginary, imageReal, imageImaginary);
        }

        @Override
        public void normal(float[] imageReal, float[] imageImaginary) {
            if (normal == null) {
                normal = toeplitz.scratch();
            }
            normal.apply(imageReal, imageImaginary);
        }

        /** What only {@link #normal} is asked of needs no grid for the samples. */
        private void prepare() {
            if (scratch == null) {
                scratch = nufft.scratch();
                weighted = new float[weights.length];
                weightedImaginary = new float[weights.length];
            }
        }
    }
}
