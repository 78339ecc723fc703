package org.isocenter.sequence.trajectory;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;

/** The largest amplitude and slew of each device axis, after rotation, within blocks. */
final class GradientExtremes {
    private record Played(int gx, int gy, int gz, Rotation rotation) {}

    final double[] hertzPerMeter = new double[3];
    final double[] hertzPerMeterPerSecond = new double[3];

    GradientExtremes(Sequence sequence) {
        Set<Played> seen = new HashSet<>();
        for (int block = 0; block < sequence.blockCount(); block++) {
            Rotation rotation = sequence.rotation(block);
            if (rotation.isIdentity()) {
                for (Axis axis : Axis.values()) {
                    int id = sequence.gradientId(block, axis);
                    Played alone = new Played(
                            axis == Axis.X ? id : 0,
                            axis == Axis.Y ? id : 0,
                            axis == Axis.Z ? id : 0,
                            Rotation.IDENTITY);
                    if (id != 0 && seen.add(alone)) {
                        add(axis.ordinal(), sequence.gradient(id).waveform(sequence.rasters()));
                    }
                }
            } else {
                Played all = new Played(
                        sequence.gradientId(block, Axis.X),
                        sequence.gradientId(block, Axis.Y),
                        sequence.gradientId(block, Axis.Z),
                        rotation);
                if (seen.add(all)) {
                    addTurned(sequence, block, rotation);
                }
            }
        }
    }

    private void add(int axis, Waveform waveform) {
        long[] t = waveform.timesPs();
        double[] g = waveform.hertzPerMeter();
        for (int i = 0; i < t.length; i++) {
            hertzPerMeter[axis] = Math.max(hertzPerMeter[axis], Math.abs(g[i]));
            if (i > 0 && t[i] > t[i - 1]) {
                double slew = Math.abs(g[i] - g[i - 1]) / ((t[i] - t[i - 1]) * 1e-12);
                hertzPerMeterPerSecond[axis] = Math.max(hertzPerMeterPerSecond[axis], slew);
            }
        }
    }

    private void addTurned(Sequence sequence, int block, Rotation rotation) {
        Waveform[] waveforms = new Waveform[3];
        TreeSet<Long> corners = new TreeSet<>();
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            waveforms[axis.ordinal()] =
                    id == 0 ? Waveform.ZERO : sequence.gradient(id).waveform(sequence.rasters());
            for (long time : waveforms[axis.ordinal()].timesPs()) {
                corners.add(time);
            }
        }
        long[] times = corners.stream().mapToLong(Long::longValue).toArray();
        double[][] values = new double[3][times.length];
        for (int i = 0; i < times.length; i++) {
            Vec3 g = rotation.apply(
                    new Vec3(waveforms[0].at(times[i]), waveforms[1].at(times[i]), waveforms[2].at(times[i])));
            values[0][i] = g.x();
            values[1][i] = g.y();
            values[2][i] = g.z();
        }
        for (int axis = 0; axis < 3; axis++) {
            add(axis, new Waveform(times, values[axis]));
        }
    }
}
