package org.isocenter.recon.noncartesian;

/**
 * Plane samples on arms that are turned copies of one another and run from the centre of k-space outwards: spirals. A sample's
 * area is then |k| times its radial step times its arm's share of the circle, whatever the density of the turns (Hoge et
 * al., Magn Reson Med 38:117, 1997).
 */
final class SpiralArms {
    /** Two arms' distances from the centre may differ by this, in turns across the field of view. */
    private static final double ALIKE = 0.05;
    /** Rounding may take a sample this far back. */
    private static final double BACK = 1e-3;

    private static final double CLOSE = 0.75;

    private SpiralArms() {}

    /** The weights; null when the samples are something else. */
    static float[] weights(Samples samples) {
        if (samples.dimensions() != 2 || samples.readouts() == 0) {
            return null;
        }
        int length = samples.starts()[1];
        float[] radii = new float[length];
        for (int i = 0; i < length; i++) {
            radii[i] = (float) samples.radius(i);
            if (i > 0 && radii[i] < radii[i - 1] - BACK) {
                return null;
            }
        }
        if (length < 2 || radii[0] > CLOSE || radii[length - 1] < 1) {
            return null;
        }
        double[] angles = new double[samples.readouts()];
        for (int arm = 0; arm < angles.length; arm++) {
            int from = samples.starts()[arm];
            if (samples.starts()[arm + 1] - from != length) {
                return null;
            }
            for (int i = 0; i < length; i++) {
                if (Math.abs(samples.radius(from + i) - radii[i]) > ALIKE) {
                    return null;
                }
            }
            angles[arm] = Math.atan2(samples.k()[1][from + length - 1], samples.k()[0][from + length - 1]);
        }
        double[] weights = RadialRule.along(radii, 2, false);
        return samples.weights(arm -> weights, RadialRule.shares(angles, 2 * Math.PI));
    }
}
