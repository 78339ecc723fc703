package org.isocenter.recon.iterative;

/**
 * What one channel of even sensitivity measures of an image: samples of its Fourier transform, at any positions. Scaled so
 * that a measurement once per cell of the whole matrix would be unitary:
 * {@code data[j] = w[j] / √points · Σ_r image[r] · exp(-2πi k_j · (r - c))} with {@code k_j} in turns per pixel,
 * {@code c} the pixel N/2 (rounded down) of each axis, and weights {@code w} that are 1 unless the implementation says
 * otherwise. Images are laid out as in {@link org.isocenter.recon.array.ChannelGrid}. Implementations are immutable.
 */
public interface FourierSampling {
    int sizeX();

    int sizeY();

    /** 1 in 2D. */
    int sizeZ();

    /** Length of a channel's data: samples, in the order that the implementation says. */
    int samples();

    /** The scratch of one thread, to be made once and used in all iterations. */
    Task task();

    /** Pixels of the image. */
    default int points() {
        return sizeX() * sizeY() * sizeZ();
    }

    /** No eigenvalue of {@link Task#normal} is larger than this; infinity where no bound is known. */
    default double normalBound() {
        return Double.POSITIVE_INFINITY;
    }

    /** One thread at a time. All arrays are written from index 0 on, and no call allocates. */
    interface Task {
        /** From an image to its samples; overwrites the data and leaves the image alone. */
        void forward(float[] imageReal, float[] imageImaginary, float[] dataReal, float[] dataImaginary);

        /** The adjoint of {@link #forward}: overwrites the image and leaves the data alone. */
        void adjoint(float[] dataReal, float[] dataImaginary, float[] imageReal, float[] imageImaginary);

        /** Replaces an image by {@code adjoint(forward(image))}. */
        void normal(float[] imageReal, float[] imageImaginary);
    }
}
