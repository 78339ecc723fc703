package org.isocenter.sequence.compile;

import java.util.HashMap;
import java.util.Map;
import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Gradient;
import org.isocenter.sequence.Sequence;

/**
 * The gradients on the device's axes: for each gradient raster interval the mean of the piecewise-linear waveform, which is
 * its value at the interval's centre wherever corners lie on the raster, and the sample itself where there is one for each
 * interval. The staircase therefore has the waveform's moment at
 * every raster edge.
 */
final class GradientSource implements EventSource {
    private static final Axis[] AXES = Axis.values();
    private static final EventChannel[] CHANNELS = {EventChannel.GX, EventChannel.GY, EventChannel.GZ};

    /** Steps of gradients kept, at most; 16 bytes each. */
    private static final int MOST_STEPS = 1 << 18;

    private record Key(int gradientId, long durationPs) {}

    private final Sequence sequence;
    private final long rasterPs;
    private final Map<Key, GradientSteps> known = new HashMap<>();
    private int knownSteps;
    private final GradientSteps[] steps = new GradientSteps[3];
    private final int[] next = new int[3];
    private final double[] now = new double[3];
    private Rotation rotation;
    private long nextPs = NONE;

    GradientSource(Sequence sequence) {
        this.sequence = sequence;
        this.rasterPs = sequence.rasters().gradientPs();
    }

    @Override
    public void begin(int block) {
        long durationPs = sequence.blockDurationPs(block);
        if (durationPs == 0) {
            // A block of no duration is no pause: what it is between may be one waveform.
            nextPs = NONE;
            return;
        }
        for (Axis axis : AXES) {
            steps[axis.ordinal()] = steps(sequence.gradientId(block, axis), durationPs);
            next[axis.ordinal()] = 0;
        }
        Rotation turn = sequence.rotation(block);
        rotation = turn.isIdentity() ? null : turn;
        nextPs = 0;
    }

    private GradientSteps steps(int id, long durationPs) {
        if (id == 0) {
            return GradientSteps.SILENT;
        }
        Gradient gradient = sequence.gradient(id);
        long wholePs = (gradient.endPs(sequence.rasters()) / rasterPs + 2) * rasterPs;
        Key key = new Key(id, Math.min(durationPs, wholePs));
        GradientSteps result = known.get(key);
        if (result == null) {
            result = GradientSteps.of(gradient.held(sequence.rasters()), rasterPs, key.durationPs);
            knownSteps += result.startPs.length;
            if (knownSteps > MOST_STEPS) {
                known.clear();
                knownSteps = result.startPs.length;
            }
            known.put(key, result);
        }
        return result;
    }

    @Override
    public long nextPs() {
        return nextPs;
    }

    @Override
    public void emit(EventSink into) {
        long at = nextPs;
        nextPs = NONE;
        for (int axis = 0; axis < 3; axis++) {
            GradientSteps gradient = steps[axis];
            if (next[axis] < gradient.startPs.length && gradient.startPs[next[axis]] == at) {
                now[axis] = gradient.hertzPerMeter[next[axis]++];
            }
            if (next[axis] < gradient.startPs.length) {
                nextPs = Math.min(nextPs, gradient.startPs[next[axis]]);
            }
        }
        if (rotation == null) {
            send(at, now[0], now[1], now[2], into);
        } else {
            Vec3 turned = rotation.apply(new Vec3(now[0], now[1], now[2]));
            send(at, turned.x(), turned.y(), turned.z(), into);
        }
    }

    private static void send(long ps, double x, double y, double z, EventSink into) {
        into.set(ps, CHANNELS[0], (float) x);
        into.set(ps, CHANNELS[1], (float) y);
        into.set(ps, CHANNELS[2], (float) z);
    }
}
