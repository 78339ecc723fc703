package org.isocenter.recon.maps;

import java.util.stream.IntStream;

/**
 * Fits a {@link Curve} to each voxel of several images, and makes of one of its parameters a map, and a map of its standard deviation
 * by the fit's covariance. Both are 0 outside of the object, and where no such curve goes through the signals. Uses the common
 * pool; the result does not depend on its threads.
 */
final class VoxelFits {
    /** @param deviation NaN where there are no more images than parameters and no noise level was given */
    record Maps(float[] values, float[] deviation) {}

    private static final int CHUNK = 1024;

    private final Curve curve;
    private final int rate;
    private final double unit;
    private final boolean inverse;
    private final double[] x;
    private final double[] weights;
    private final double sigma;
    private boolean signless;
    private float[] scale;

    /**
     * @param rate number of the parameter that is wanted
     * @param unit by which it, or with {@code inverse} one over it, is multiplied
     * @param x of each image, in ascending order
     * @param weights one over the variance of each image's noise, over that of the noise level
     * @param sigma noise level for when there are no more images than parameters; NaN for none
     */
    VoxelFits(Curve curve, int rate, double unit, boolean inverse, double[] x, double[] weights, double sigma) {
        this.curve = curve;
        this.rate = rate;
        this.unit = unit;
        this.inverse = inverse;
        this.x = x;
        this.weights = weights;
        this.sigma = sigma;
    }

    /**
     * The first signals may be negative, but only magnitudes are known: what comes before the smallest is tried with either sign, and
     * that one too (Nekolla et al. 1992).
     */
    VoxelFits signless() {
        signless = true;
        return this;
    }

    /** In each voxel all x are to be multiplied by a factor of its own. */
    VoxelFits scaledBy(float[] voxelScale) {
        scale = voxelScale;
        return this;
    }

    /** @param signals one array per x */
    Maps of(float[][] signals, boolean[] object) {
        Maps maps = new Maps(new float[object.length], new float[object.length]);
        IntStream.range(0, (object.length + CHUNK - 1) / CHUNK).parallel().forEach(chunk -> {
            Voxel voxel = new Voxel(maps);
            for (int i = chunk * CHUNK; i < Math.min(object.length, (chunk + 1) * CHUNK); i++) {
                if (object[i]) {
                    voxel.fit(signals, i);
                }
            }
        });
        return maps;
    }

    /** Room for the fits of one thread. */
    private final class Voxel {
        private final Maps maps;
        private final CurveFit fit = new CurveFit(curve);
        private final double[] xHere = new double[x.length];
        private final double[] y = new double[x.length];
        private final double[] parameters = new double[curve.parameters()];
        private final double[] best = new double[curve.parameters()];

        Voxel(Maps maps) {
            this.maps = maps;
        }

        void fit(float[][] signals, int at) {
            int smallest = 0;
            for (int k = 0; k < x.length; k++) {
                xHere[k] = scale == null ? x[k] : x[k] * scale[at];
                y[k] = signals[k][at];
                smallest = y[k] < y[smallest] ? k : smallest;
            }
            double squares = signless ? ofEitherSign(smallest) : one(best);
            if (!(squares >= 0)) {
                return;
            }
            // Once more at the best, for the curvature there.
            squares = fit.fit(xHere, y, weights, best);
            int spare = x.length - curve.parameters();
            double variance = spare > 0 ? squares / spare : sigma * sigma;
            double value = inverse ? 1 / best[rate] : best[rate];
            double deviation = Math.sqrt(variance * fit.variances()[rate]);
            if (value > 0 && value < Double.POSITIVE_INFINITY) {
                maps.values[at] = (float) (unit * value);
                maps.deviation[at] = (float) (unit * (inverse ? deviation * value * value : deviation));
            }
        }

        private double one(double[] found) {
            curve.guess(xHere, y, found);
            return fit.fit(xHere, y, weights, found);
        }

        /** Leaves the signs of the better fit in y. */
        private double ofEitherSign(int smallest) {
            for (int k = 0; k < smallest; k++) {
                y[k] = -y[k];
            }
            double upper = one(best);
            y[smallest] = -y[smallest];
            double lower = one(parameters);
            if (lower < upper || Double.isNaN(upper)) {
                System.arraycopy(parameters, 0, best, 0, best.length);
                return lower;
            }
            y[smallest] = -y[smallest];
            return upper;
        }
    }
}
