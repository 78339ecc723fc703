package org.isocenter.recon.noncartesian;

/**
 * The Kaiser–Bessel window as a convolution kernel for gridding (Jackson et al., IEEE Trans Med Imaging 10:473, 1991), with
 * the shape parameter that suits its width and the grid's oversampling (Beatty et al., IEEE Trans Med Imaging 24:799, 2005,
 * eq. 5). Its integral is 1. Immutable; any thread.
 */
final class KaiserBessel {
    /** Grid points under the kernel along one axis: even. */
    static final int WIDTH = 6;

    /** Fine enough that linear interpolation is off by less than single precision. */
    private static final int STEPS_PER_POINT = 512;

    private final double beta;
    /** A row of weights for each step of the kernel's place between two grid points. */
    private final float[] rows;

    /** @param oversampling of the grid, above 1 */
    KaiserBessel(double oversampling) {
        double reach = WIDTH / oversampling * (oversampling - 0.5);
        beta = Math.PI * Math.sqrt(reach * reach - 0.8);
        rows = new float[(STEPS_PER_POINT + 2) * WIDTH];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) at(i % WIDTH - WIDTH / 2 + (double) (i / WIDTH) / STEPS_PER_POINT);
        }
    }

    /** At a distance in grid points. */
    double at(double distance) {
        double u = 2 * distance / WIDTH;
        double area = Math.sinh(beta) / beta;
        return Math.abs(u) > 1 ? 0 : besselI0(beta * Math.sqrt(1 - u * u)) / (WIDTH * area);
    }

    /**
     * The weights of the {@value #WIDTH} grid points about a sample.
     *
     * @param fraction from 0 to 1: how far the first of them is inside of the kernel
     */
    void weights(float fraction, float[] to) {
        float position = fraction * STEPS_PER_POINT;
        int step = (int) position;
        float rest = position - step;
        int row = step * WIDTH;
        for (int i = 0; i < WIDTH; i++) {
            float weight = rows[row + i];
            to[i] = weight + rest * (rows[row + WIDTH + i] - weight);
        }
    }

    /** The kernel's Fourier transform, which darkens the image towards its edges; {@code x} in extents of the grid's image. */
    double transform(double x) {
        double product = Math.PI * WIDTH * x;
        double square = beta * beta - product * product;
        double atZero = Math.sinh(beta) / beta;
        double root = Math.sqrt(Math.abs(square));
        if (root < 1e-9) {
            return 1 / atZero;
        }
        return (square > 0 ? Math.sinh(root) : Math.sin(root)) / root / atZero;
    }

    /** Modified Bessel function of order zero, by its power series (Abramowitz and Stegun 9.6.12): all terms are positive. */
    private static double besselI0(double x) {
        double quarter = x * x / 4;
        double term = 1;
        double sum = 1;
        for (int n = 1; term > 1e-17 * sum; n++) {
            term *= quarter / ((double) n * n);
            sum += term;
        }
        return sum;
    }
}
