package org.isocenter.recon.noncartesian;

/**
 * The Kaiser–Bessel window as a convolution kernel for gridding (Jackson et al., IEEE Trans Med Imaging 10:473, 1991), with
 * the shape parameter that suits its width and the grid's oversampling (Beatty et al., IEEE Trans Med Imaging 24:799, 2005,
 * eq. 5). Its integral is 1. Immutable; any thread.
 */
final class KaiserBessel {
    /** Grid points under the kernel along one axis. */
    static final int WIDTH = 6;

    /** Fine enough that linear interpolation is off by less than single precision. */
    private static final int STEPS_PER_POINT = 4096;

    private final double beta;
    private final float[] table;

    /** @param oversampling of the grid, above 1 */
    KaiserBessel(double oversampling) {
        double reach = WIDTH / oversampling * (oversampling - 0.5);
        beta = Math.PI * Math.sqrt(reach * reach - 0.8);
        table = new float[WIDTH / 2 * STEPS_PER_POINT + 2];
        double area = Math.sinh(beta) / beta;
        for (int i = 0; i < table.length; i++) {
            double u = 2.0 * i / STEPS_PER_POINT / WIDTH;
            table[i] = u > 1 ? 0 : (float) (besselI0(beta * Math.sqrt(1 - u * u)) / (WIDTH * area));
        }
    }

    /** At a distance in grid points. */
    float at(double distance) {
        double position = Math.abs(distance) * STEPS_PER_POINT;
        int index = (int) position;
        if (index >= table.length - 1) {
            return 0;
        }
        float fraction = (float) (position - index);
        return table[index] + fraction * (table[index + 1] - table[index]);
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
