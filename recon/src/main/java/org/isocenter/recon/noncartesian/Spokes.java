package org.isocenter.recon.noncartesian;

import java.util.Arrays;

/** Samples on straight lines through the centre of k-space, all of them whole or all of them halves: 2D or 3D radial. */
final class Spokes {
    /** A sample may lie this far beside its spoke, in turns across the field of view. */
    private static final double STRAIGHT = 0.05;
    /** A spoke must pass the centre as closely as this. */
    private static final double CLOSE = 0.75;
    /** Both ends of a whole spoke are as far out as this share of the farther one. */
    private static final double WHOLE = 0.8;

    private Spokes() {}

    /** The weights; null when the samples are something else than spokes. */
    static float[] weights(Samples samples) {
        int dimensions = samples.dimensions();
        int count = samples.readouts();
        float[][] along = new float[count][];
        double[][] directions = new double[count][];
        int whole = 0;
        for (int spoke = 0; spoke < count; spoke++) {
            int from = samples.starts()[spoke];
            int to = samples.starts()[spoke + 1];
            directions[spoke] = direction(samples, from, to);
            along[spoke] = directions[spoke] == null ? null : along(samples, from, to, directions[spoke]);
            if (along[spoke] == null) {
                return null;
            }
            boolean isWhole = -along[spoke][0] > WHOLE * along[spoke][to - from - 1];
            if (!isWhole && along[spoke][0] < -CLOSE) {
                return null;
            }
            whole += isWhole ? 1 : 0;
        }
        if (whole > 0 && whole < count) {
            return null;
        }
        boolean allWhole = whole > 0;
        double[] shares = dimensions == 2
                ? RadialRule.shares(angles(directions), allWhole ? Math.PI : 2 * Math.PI)
                : RadialRule.equalShares(count, allWhole ? 2 * Math.PI : 4 * Math.PI);
        return samples.weights(spoke -> RadialRule.along(along[spoke], dimensions, allWhole), shares);
    }

    /** Unit vector from the first to the last sample; null when they are no distance apart. */
    private static double[] direction(Samples samples, int from, int to) {
        double[] direction = new double[samples.dimensions()];
        double square = 0;
        for (int d = 0; d < direction.length; d++) {
            direction[d] = samples.k()[d][to - 1] - samples.k()[d][from];
            square += direction[d] * direction[d];
        }
        double length = Math.sqrt(square);
        for (int d = 0; d < direction.length; d++) {
            direction[d] /= length;
        }
        return length < 1 ? null : direction;
    }

    /** Positions along the spoke; null when they leave it, turn back, or miss the centre. */
    private static float[] along(Samples samples, int from, int to, double[] direction) {
        float[] along = new float[to - from];
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = from; i < to; i++) {
            double sum = 0;
            for (int d = 0; d < direction.length; d++) {
                sum += samples.k()[d][i] * direction[d];
            }
            along[i - from] = (float) sum;
            double radius = samples.radius(i);
            boolean turnsBack = i > from && along[i - from] <= along[i - from - 1];
            if (turnsBack || radius * radius - sum * sum > STRAIGHT * STRAIGHT) {
                return null;
            }
            nearest = Math.min(nearest, radius);
        }
        return nearest > CLOSE ? null : along;
    }

    private static double[] angles(double[][] directions) {
        return Arrays.stream(directions)
                .mapToDouble(d -> Math.atan2(d[1], d[0]))
                .toArray();
    }
}
