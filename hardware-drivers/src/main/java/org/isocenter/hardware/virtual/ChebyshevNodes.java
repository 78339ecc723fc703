package org.isocenter.hardware.virtual;

/** Interpolation by a polynomial through the Chebyshev points of an interval. */
final class ChebyshevNodes {
    private static final double TOLERANCE = 5e-6;

    /** More are never needed for intervals that are short enough to be worth interpolating. */
    static final int MOST = 16;

    private final double[] node;
    private final double[] weight;

    private ChebyshevNodes(double[] node) {
        this.node = node;
        weight = new double[node.length];
        for (int j = 0; j < node.length; j++) {
            double product = 1;
            for (int k = 0; k < node.length; k++) {
                product *= k == j ? 1 : node[j] - node[k];
            }
            weight[j] = 1 / product;
        }
    }

    /**
     * As few as interpolate functions like exp(i·radians·f) to 5e-6 (at most {@link #MOST}); one when the interval is a point.
     *
     * @param radians by how much the function turns when f goes from 0 to 1
     */
    static ChebyshevNodes of(double lowest, double highest, double radians) {
        double quarter = 0.25 * radians * (highest - lowest);
        int count = 1;
        double error = 2 * quarter;
        while (error > TOLERANCE && count < MOST) {
            count++;
            error *= quarter / count;
        }
        return ofCount(lowest, highest, count);
    }

    /** So many. */
    static ChebyshevNodes ofCount(double lowest, double highest, int count) {
        double[] node = new double[count];
        for (int j = 0; j < count; j++) {
            node[j] = 0.5 * (lowest + highest) + 0.5 * (highest - lowest) * Math.cos(Math.PI * (j + 0.5) / count);
        }
        return new ChebyshevNodes(node);
    }

    int count() {
        return node.length;
    }

    double node(int number) {
        return node[number];
    }

    /** Each node's weight for the value at f. */
    void weights(double f, double[] weights) {
        for (int j = 0; j < node.length; j++) {
            double product = weight[j];
            for (int k = 0; k < node.length; k++) {
                product *= k == j ? 1 : f - node[k];
            }
            weights[j] = product;
        }
    }
}
