package org.isocenter.hardware.virtual;

import java.util.Arrays;

/**
 * Flip angles between those of a block's spins, at which a {@link CoherenceGraph} is followed, and how to get from these to every
 * spin and back. Spins are told apart by how far one pulse turns them, as a slice's middle and edges are; what another pulse does at a
 * node is what it does to the spins near it. Immutable.
 */
final class FlipNodes {
    /** Spins that differ by less are turned alike. */
    private static final double ALIKE_RADIANS = Math.toRadians(1.5);

    private static final double RADIANS_PER_NODE = Math.toRadians(10);
    private static final int FEWEST = 3;
    private static final int MOST = 10;
    private static final double SMALLEST = 1e-9;

    /** All spins alike. */
    static final FlipNodes ONE = new FlipNodes();

    final int count;
    private final double spreadRadians;
    private final double[] node;
    private final float[] flip;
    private final float[][] weight;

    private FlipNodes() {
        count = 1;
        spreadRadians = ALIKE_RADIANS;
        node = null;
        flip = null;
        weight = null;
    }

    private FlipNodes(float[] flip, double least, double most) {
        this.flip = flip;
        spreadRadians = most - least;
        int wanted = FEWEST + (int) (spreadRadians / RADIANS_PER_NODE);
        count = Math.min(MOST, wanted);
        ChebyshevNodes nodes = ChebyshevNodes.ofCount(least, most, count);
        node = new double[count];
        for (int n = 0; n < count; n++) {
            node[n] = nodes.node(n);
        }
        weight = new float[count][flip.length];
        double[] weights = new double[count];
        for (int i = 0; i < flip.length; i++) {
            nodes.weights(flip[i], weights);
            for (int n = 0; n < count; n++) {
                weight[n][i] = (float) weights[n];
            }
        }
    }

    /** Nodes of this pulse, when it turns the spins more unequally than the one that these are of; else these. */
    FlipNodes orOf(AffineMaps maps) {
        float[] flips = new float[maps.spins];
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        for (int i = 0; i < flips.length; i++) {
            flips[i] = (float) maps.flipRadians(i);
            least = Math.min(least, flips[i]);
            most = Math.max(most, flips[i]);
        }
        return most - least > spreadRadians ? new FlipNodes(flips, least, most) : this;
    }

    /** What a pulse of these maps turns the spins about at each node, in radians. */
    double[] flipRadians(AffineMaps maps) {
        if (count == 1) {
            return new double[] {maps.meanFlipRadians()};
        }
        double[] values = new double[maps.spins];
        for (int i = 0; i < values.length; i++) {
            values[i] = maps.flipRadians(i);
        }
        double[] flips = new double[count];
        for (int n = 0; n < count; n++) {
            flips[n] = Math.max(SMALLEST, Math.min(Math.PI, near(n, values)));
        }
        return flips;
    }

    /** How much the value at each of the earlier nodes counts for the value at each of these: {@code [this][earlier]}. */
    double[][] from(FlipNodes earlier) {
        double[][] mix = new double[count][earlier.count];
        double[] values = new double[flip.length];
        for (int m = 0; m < earlier.count; m++) {
            for (int i = 0; i < values.length; i++) {
                values[i] = earlier.count == 1 ? 1 : earlier.weight[m][i];
            }
            for (int n = 0; n < count; n++) {
                mix[n][m] = near(n, values);
            }
        }
        return mix;
    }

    /** A straight line through the values of the spins near a node, at the node. */
    private double near(int number, double[] values) {
        double width = spreadRadians / count;
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double v0 = 0;
        double v1 = 0;
        for (int i = 0; i < values.length; i++) {
            double d = (flip[i] - node[number]) / width;
            double w = 1 / (1 + d * d * d * d);
            s0 += w;
            s1 += w * d;
            s2 += w * d * d;
            v0 += w * values[i];
            v1 += w * d * values[i];
        }
        double determinant = s0 * s2 - s1 * s1;
        return determinant > SMALLEST * s0 * s0 ? (s2 * v0 - s1 * v1) / determinant : v0 / s0;
    }

    /** Fills {@code result}, by spin, with a value known at the nodes. */
    void spread(double[] values, float[] result, int spins) {
        float first = (float) values[0];
        if (count == 1) {
            Arrays.fill(result, 0, spins, first);
            return;
        }
        scaled(spins, weight[0], first, result);
        for (int n = 1; n < count; n++) {
            addScaled(spins, weight[n], (float) values[n], result);
        }
    }

    private static void scaled(int spins, float[] weight, float value, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] = weight[i] * value;
        }
    }

    private static void addScaled(int spins, float[] weight, float value, float[] result) {
        for (int i = 0; i < spins; i++) {
            result[i] += weight[i] * value;
        }
    }
}
