package org.isocenter.recon.noncartesian;

/**
 * One axis of the grid on which samples are laid.
 *
 * @param pixels of the image
 * @param points of the grid, which spans the k-space of the image with finer steps; 1 for an axis that is not encoded
 */
record GridSize(int pixels, int points) {
    private static final double OVERSAMPLING = 1.5;

    /** At least 1.5 times as many points as pixels, even, and with no prime factor above 5 so that the transform is fast. */
    static GridSize of(int pixels) {
        int points = (int) Math.ceil(Math.max(OVERSAMPLING * pixels, pixels + KaiserBessel.WIDTH) / 2) * 2;
        while (!isSmooth(points)) {
            points += 2;
        }
        return new GridSize(pixels, points);
    }

    /** An axis along which there is nothing to transform. */
    static GridSize single() {
        return new GridSize(1, 1);
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

    /** Where a sample lies on the grid; k = 0 is point {@code points/2}. */
    double position(double turns) {
        return turns * oversampling() + points / 2;
    }

    /** The reverse of {@link #position}. */
    double turns(int point) {
        return (point - points / 2) / oversampling();
    }

    /** The first of the grid's own pixels that the image has. */
    int firstPixel() {
        return points / 2 - pixels / 2;
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
