package org.isocenter.sequence.trajectory;

/**
 * The even grid along read that lines are brought to which were sampled on ramps.
 *
 * @param points with oversampling
 * @param encodedFovMeters one over the grid's step
 * @param pixels of the image
 * @param fovMeters of the image
 */
record ReadGrid(int points, double encodedFovMeters, int pixels, double fovMeters) {
    private static final double ROUNDING = 1.02;

    /**
     * The field of view that the file tells, if the samples are nowhere too far apart for it, and all of k-space that was
     * sampled on both sides; with twofold oversampling where the samples are dense enough.
     *
     * @param largestStep between neighbouring samples, 1/m
     * @param reach to the nearer end of k-space, 1/m
     * @param toldMeters NaN for none
     */
    static ReadGrid of(double largestStep, double reach, double toldMeters) {
        double densest = 1 / largestStep;
        double fov = toldMeters <= ROUNDING * densest ? toldMeters : densest;
        int oversampling = 2 * fov <= ROUNDING * densest ? 2 : 1;
        int pixels = 2 * Math.max(1, (int) Math.rint(reach * fov));
        return new ReadGrid(oversampling * pixels, oversampling * fov, pixels, fov);
    }
}
