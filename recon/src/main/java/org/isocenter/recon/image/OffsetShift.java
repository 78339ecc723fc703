package org.isocenter.recon.image;

import java.util.Arrays;
import java.util.List;
import org.isocenter.model.AcquisitionFlags;
import org.isocenter.model.Encoding;
import org.isocenter.model.Encoding.Trajectory;
import org.isocenter.model.Readout;
import org.isocenter.model.ReadoutHeader;
import org.isocenter.model.TrajectoryDescription;
import org.isocenter.model.Vec3;
import org.isocenter.recon.stack.Stack;

/**
 * How far a resonance offset moves what an image shows: stored data turn as {@code e^(-i2π(k·r + ft))}, so that a point appears
 * where k takes the place of t: off by f over the speed at which k is passed, in 1/m per second.
 */
final class OffsetShift {
    private OffsetShift() {}

    /**
     * In voxels per Hz, along columns and rows.
     *
     * @param stack of lines in k-space
     * @throws IllegalArgumentException with words for the user where the data do not tell it
     */
    static Vec3 perHertz(Stack stack) {
        Encoding encoding = stack.encoding();
        List<Readout> readouts = stack.slabs().get(0).readouts();
        if (encoding.trajectory() == Trajectory.EPI) {
            return new Vec3(0, linePeriod(encoding, readouts) * fovOverVoxel(encoding, 1), 0);
        }
        if (encoding.trajectory() != Trajectory.CARTESIAN) {
            throw new IllegalArgumentException(
                    "off-resonance blurs images of trajectories other than lines, it does not"
                            + " move them: no correction");
        }
        ReadoutHeader first = readouts.get(0).header();
        double direction = first.has(AcquisitionFlags.REVERSE) ? -1 : 1;
        return new Vec3(direction * first.dwellSeconds() * fovOverVoxel(encoding, 0), 0, 0);
    }

    /** The extent that k-space's steps are one over, in voxels of the image. */
    private static double fovOverVoxel(Encoding encoding, int axis) {
        return axis == 0
                ? encoding.encodedFovMeters().x() / encoding.reconFovMeters().x() * encoding.reconX()
                : encoding.encodedFovMeters().y() / encoding.reconFovMeters().y() * encoding.reconY();
    }

    /** Seconds from one line of k-space to the next one above it in the same train; negative where trains run downward. */
    private static double linePeriod(Encoding encoding, List<Readout> readouts) {
        double[] periods = new double[readouts.size()];
        int count = 0;
        double shortest = Double.POSITIVE_INFINITY;
        for (int i = 1; i < readouts.size(); i++) {
            double gap = gap(readouts, i);
            shortest = gap > 0 ? Math.min(shortest, gap) : shortest;
        }
        for (int i = 1; i < readouts.size(); i++) {
            int steps = line(readouts, i) - line(readouts, i - 1);
            if (steps != 0 && gap(readouts, i) > 0 && gap(readouts, i) < 1.5 * shortest) {
                periods[count++] = gap(readouts, i) / steps;
            }
        }
        if (count > 0) {
            Arrays.sort(periods, 0, count);
            return periods[count / 2];
        }
        Double spacing = encoding.description().identifier().equals(TrajectoryDescription.EPI)
                ? encoding.description().numbers().get("echoSpacing")
                : null;
        if (spacing == null || !(spacing > 0)) {
            throw new IllegalArgumentException(
                    "neither readout times nor an echo spacing in the header tell how fast the echo-planar trains"
                            + " pass k-space: no correction");
        }
        return spacing * 1e-3;
    }

    private static double gap(List<Readout> readouts, int i) {
        return readouts.get(i).header().startSeconds()
                - readouts.get(i - 1).header().startSeconds();
    }

    private static int line(List<Readout> readouts, int i) {
        return readouts.get(i).header().counters().step1();
    }
}
