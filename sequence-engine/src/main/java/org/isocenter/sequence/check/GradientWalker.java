package org.isocenter.sequence.check;

import java.util.List;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;

/**
 * Plays the gradients of block after block on the device's axes, cut at the corners of all three, for checks that look at
 * every instant. The waveform of each event and the matrix of each rotation are made once. Several walkers may go through the
 * same sequence at once, each with a check of its own.
 */
final class GradientWalker implements BlockRule {
    /** Corners of waveforms kept by all walkers together; beyond that, waveforms are made anew each time. */
    private static final long REMEMBERED_CORNERS = 4_000_000;

    private final Sequence sequence;
    private final GradientSink sink;
    private final long rememberedCorners;
    private final Waveform[] waveforms;
    private final double[][] matrices;
    private long remembered;

    private final long[][] times = new long[3][];
    private final double[][] values = new double[3][];
    /** The line after this corner is the current one; -1 before the first. */
    private final int[] line = new int[3];

    private final double[] logical = new double[3];
    private final double[] from = new double[3];
    private final double[] to = new double[3];
    private final double[] zero = new double[3];

    /** @param walkers that go through the sequence at the same time */
    GradientWalker(Sequence sequence, GradientSink sink, int walkers) {
        this.sequence = sequence;
        this.sink = sink;
        rememberedCorners = REMEMBERED_CORNERS / walkers;
        waveforms = new Waveform[sequence.gradientCount() + 1];
        waveforms[0] = Waveform.ZERO;
        matrices = new double[sequence.extensionListCount() + 1][];
    }

    @Override
    public void block(int block) {
        long startPs = sequence.startPs(block);
        long durationPs = sequence.blockDurationPs(block);
        if (durationPs == 0) {
            return;
        }
        double[] matrix = matrix(block);
        if (sink.takesBlock(block, matrix)) {
            return;
        }
        boolean silent = true;
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            silent &= id == 0;
            Waveform waveform = waveform(id);
            times[axis.ordinal()] = waveform.timesPs();
            values[axis.ordinal()] = waveform.hertzPerMeter();
            line[axis.ordinal()] = -1;
        }
        if (silent) {
            sink.piece(startPs, startPs + durationPs, zero, zero, block);
            return;
        }
        long now = 0;
        while (now < durationPs) {
            long next = durationPs;
            for (int a = 0; a < 3; a++) {
                next = Math.min(next, nextCorner(a, now));
            }
            evaluate(now, matrix, from);
            evaluate(next, matrix, to);
            sink.piece(startPs + now, startPs + next, from, to, block);
            now = next;
        }
    }

    /** Moves to the line that starts at or before this time, and says when it ends. */
    private long nextCorner(int axis, long ps) {
        long[] t = times[axis];
        int at = line[axis];
        while (at + 1 < t.length && t[at + 1] <= ps) {
            at++;
        }
        line[axis] = at;
        return at + 1 < t.length ? t[at + 1] : Long.MAX_VALUE;
    }

    /** The gradients on the current lines at a time between their ends. */
    private void evaluate(long ps, double[] matrix, double[] into) {
        double[] v = matrix == null ? into : logical;
        for (int a = 0; a < 3; a++) {
            long[] t = times[a];
            int at = line[a];
            if (at < 0 || at == t.length - 1) {
                v[a] = 0;
            } else {
                double left = values[a][at];
                double right = values[a][at + 1];
                v[a] = left == right ? left : left + (right - left) * ((double) (ps - t[at]) / (t[at + 1] - t[at]));
            }
        }
        if (matrix != null) {
            for (int a = 0; a < 3; a++) {
                into[a] = matrix[3 * a] * v[0] + matrix[3 * a + 1] * v[1] + matrix[3 * a + 2] * v[2];
            }
        }
    }

    private Waveform waveform(int id) {
        Waveform known = waveforms[id];
        if (known != null) {
            return known;
        }
        Waveform made = sequence.gradient(id).waveform(sequence.rasters());
        remembered += made.timesPs().length;
        if (remembered <= rememberedCorners) {
            waveforms[id] = made;
        }
        return made;
    }

    /** Rows of the block's rotation; null for none. */
    private double[] matrix(int block) {
        int id = sequence.extensionId(block);
        if (matrices[id] == null) {
            Rotation rotation = sequence.rotation(block);
            matrices[id] = rotation.isIdentity() ? new double[0] : rows(rotation);
        }
        return matrices[id].length == 0 ? null : matrices[id];
    }

    static double[] rows(Rotation rotation) {
        Vec3 x = rotation.apply(Vec3.X);
        Vec3 y = rotation.apply(Vec3.Y);
        Vec3 z = rotation.apply(Vec3.Z);
        return new double[] {x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z()};
    }

    @Override
    public List<CheckResult> results() {
        return sink.results();
    }
}
