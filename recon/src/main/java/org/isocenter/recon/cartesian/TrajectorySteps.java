package org.isocenter.recon.cartesian;

import java.util.List;
import org.isocenter.model.Readout;

/**
 * Steps of one dimension from the trajectory, whatever its unit: the smallest distance between two lines is one step, and
 * k = 0 is step 0.
 */
final class TrajectorySteps {
    private static final double SAME = 1e-4;

    private final int dimension;
    private final double stepSize;

    private TrajectorySteps(int dimension, double stepSize) {
        this.dimension = dimension;
        this.stepSize = stepSize;
    }

    /** Null when the readouts have no trajectory, or do not differ in it. */
    static TrajectorySteps along(int dimension, List<Readout> readouts) {
        if (!readouts.stream()
                .allMatch(readout -> readout.trajectoryDimensions() > dimension && samples(readout) > 0)) {
            return null;
        }
        double[] positions = readouts.stream()
                .mapToDouble(readout -> position(readout, dimension))
                .sorted()
                .toArray();
        double range = positions[positions.length - 1] - positions[0];
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < positions.length; i++) {
            double distance = positions[i] - positions[i - 1];
            if (distance > SAME * range) {
                smallest = Math.min(smallest, distance);
            }
        }
        return Double.isFinite(smallest) ? new TrajectorySteps(dimension, smallest) : null;
    }

    /** Where along the readout its own dimension passes zero, in samples; NaN when there is no such place. */
    static double zeroCrossing(Readout readout) {
        int dimensions = readout.trajectoryDimensions();
        float[] k = readout.trajectoryPerMeter();
        for (int at = dimensions; dimensions > 0 && at < k.length; at += dimensions) {
            double before = k[at - dimensions];
            double here = k[at];
            if (before * here <= 0 && before != here) {
                return at / dimensions - 1 + before / (before - here);
            }
        }
        return Double.NaN;
    }

    int step(Readout readout) {
        return (int) Math.rint(position(readout, dimension) / stepSize);
    }

    /** Taken in the middle of the readout, where the gradients of the phase axes are off. */
    private static double position(Readout readout, int dimension) {
        return readout.trajectoryPerMeter()[samples(readout) / 2 * readout.trajectoryDimensions() + dimension];
    }

    private static int samples(Readout readout) {
        return readout.header().samples();
    }
}
