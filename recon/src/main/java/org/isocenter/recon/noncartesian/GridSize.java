package org.isocenter.recon.noncartesian;

import org.isocenter.recon.fft.Span;

/**
 * One axis of the grid on which samples are laid.
 *
 * @param pixels of the image
 * @param points of the grid, which spans the k-space of the image with finer steps; 1 for an axis that is not encoded
 */
record GridSize(int pixels, int points) {
    /** In a plane a fine grid costs less than a wide kernel: error 1e-5. */
    private static final double IN_2D = 2;
    /** In 3D memory counts: error 1e-4. */
    private static final double IN_3D = 1.5;

    /** An even number of points, with no prime factor above 5 so that the transform is fast. */
    static GridSize of(int pixels, int dimensions) {
        double oversampling = dimensions == 2 ? IN_2D : IN_3D;
        int points = (int) Math.ceil(Math.max(oversampling * pixels, pixels + KaiserBessel.WIDTH) / 2) * 2;
        return new GridSize(pixels, smooth(points));
    }

    /** An axis along which there is nothing to transform. */
    static GridSize single() {
        return new GridSize(1, 1);
    }

    /** The next even number from an even one on that has no prime factor above 5. */
    static int smooth(int even) {
        int points = even;
        while (!isSmooth(points)) {
            points += 2;
        }
        return points;
    }

    private static boolean isSmooth(int number) {
        int rest = number;
        for (int factor : new int[] {2, 3, 5}) {
            while (rest % factor == 0) {
                rest /= factor;
            }
        }
        return rest == 1;
    }

    double oversampling() {
        return (double) points / pixels;
    }

    /** Points of the grid and those beyond its end, on which a kernel that begins inside may end: they are the first ones once more. */
    int padded() {
        return points == 1 ? 1 : points + KaiserBessel.WIDTH;
    }

    /** The kernel's points along this axis. */
    int width() {
        return points == 1 ? 1 : KaiserBessel.WIDTH;
    }

    /** Where a sample lies on the grid; k = 0 is point {@code points/2}. */
    double position(double turns) {
        return turns * oversampling() + points / 2;
    }

    /** The reverse of {@link #position}. */
    double turns(int point) {
        return (point - points / 2) / oversampling();
    }

    /** The image's pixels among the grid's own. */
    Span image() {
        return Span.middle(points, pixels);
    }

    /** What undoes the kernel's darkening for each pixel. */
    float[] deapodisation(KaiserBessel kernel) {
        float[] factors = new float[pixels];
        for (int i = 0; i < pixels; i++) {
            factors[i] = points == 1 ? 1 : (float) (1 / kernel.transform((double) (i - pixels / 2) / points));
        }
        return factors;
    }
}
