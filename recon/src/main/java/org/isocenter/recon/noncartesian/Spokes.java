package org.isocenter.recon.noncartesian;

import java.util.Arrays;

/**
 * Samples on straight lines through the centre of k-space, all of them whole or all of them halves: 2D or 3D radial. Half
 * spokes may leave out the middle when that is measured point by point on the Cartesian grid (PETRA: Grodzki et al., Magn
 * Reson Med 67:510, 2012): each point then stands for its cell, and the spokes begin where the points' cells end.
 */
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
        int points = points(samples);
        double sphere = dimensions == 2 ? 2 * Math.PI : 4 * Math.PI;
        double middle = Math.pow(points * dimensions / sphere, 1.0 / dimensions);
        int whole = 0;
        for (int spoke = 0; spoke < count; spoke++) {
            int from = samples.starts()[spoke];
            int to = samples.starts()[spoke + 1];
            if (points > 0 && to - from == 1) {
                continue;
            }
            directions[spoke] = direction(samples, from, to);
            along[spoke] =
                    directions[spoke] == null ? null : along(samples, from, to, directions[spoke], middle + CLOSE);
            if (along[spoke] == null) {
                return null;
            }
            boolean isWhole = -along[spoke][0] > WHOLE * along[spoke][to - from - 1];
            if (!isWhole && along[spoke][0] < -CLOSE) {
                return null;
            }
            whole += isWhole ? 1 : 0;
        }
        if (whole > 0 && (whole < count || points > 0)) {
            return null;
        }
        if (points > 0) {
            return samples.weights(
                    readout -> along[readout] == null ? new double[] {1} : beyond(middle, along[readout], dimensions),
                    pointShares(along, sphere / (count - points)));
        }
        boolean allWhole = whole > 0;
        double[] shares = dimensions == 2
                ? RadialRule.shares(angles(directions), allWhole ? Math.PI : 2 * Math.PI)
                : RadialRule.equalShares(count, allWhole ? 2 * Math.PI : 4 * Math.PI);
        return samples.weights(spoke -> RadialRule.along(along[spoke], dimensions, allWhole), shares);
    }

    /** How many readouts are a single point of the Cartesian grid; 0 when any of them lies beside it. */
    private static int points(Samples samples) {
        int points = 0;
        for (int readout = 0; readout < samples.readouts(); readout++) {
            int at = samples.starts()[readout];
            if (samples.starts()[readout + 1] - at == 1) {
                for (float[] axis : samples.k()) {
                    if (Math.abs(axis[at] - Math.rint(axis[at])) > STRAIGHT) {
                        return 0;
                    }
                }
                points++;
            }
        }
        return points;
    }

    private static double[] pointShares(float[][] along, double spokeShare) {
        return Arrays.stream(along)
                .mapToDouble(spoke -> spoke == null ? 1 : spokeShare)
                .toArray();
    }

    /** Weights of a half spoke whose first sample's shell begins at a radius. */
    private static double[] beyond(double radius, float[] along, int dimensions) {
        double[] weights = RadialRule.along(along, dimensions, false);
        double outer = along.length > 1 ? 0.5 * (along[0] + along[1]) : along[0];
        weights[0] = Math.max(0, (Math.pow(outer, dimensions) - Math.pow(radius, dimensions)) / dimensions);
        return weights;
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

    /** Positions along the spoke; null when they leave it, turn back, or do not come as near to the centre as asked. */
    private static float[] along(Samples samples, int from, int to, double[] direction, double close) {
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
        return nearest > close ? null : along;
    }

    private static double[] angles(double[][] directions) {
        return Arrays.stream(directions)
                .mapToDouble(d -> Math.atan2(d[1], d[0]))
                .toArray();
    }
}
