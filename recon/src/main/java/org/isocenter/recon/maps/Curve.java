package org.isocenter.recon.maps;

/** A family of curves with a few parameters, one of which is fitted to the signals of each voxel. Any thread. */
interface Curve {
    int parameters();

    /**
     * Parameters to start from, near enough for {@link CurveFit}.
     *
     * @param x in ascending order
     */
    void guess(double[] x, double[] y, double[] parameters);

    /** @param slope takes the derivative by each parameter */
    double at(double x, double[] parameters, double[] slope);
}
