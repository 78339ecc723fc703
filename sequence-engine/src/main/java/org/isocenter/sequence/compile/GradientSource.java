package org.isocenter.sequence.compile;

import org.isocenter.model.Rotation;
import org.isocenter.model.Vec3;
import org.isocenter.sequence.Axis;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.Waveform;

/**
 * The gradients on the device's axes: for each gradient raster interval the mean of the piecewise-linear waveform, which is
 * its value at the interval's centre wherever corners lie on the raster. The staircase therefore has the waveform's moment at
 * every raster edge. Changes only.
 */
final class GradientSource implements EventSource {
    private static final EventChannel[] CHANNELS = {EventChannel.GX, EventChannel.GY, EventChannel.GZ};
    private static final WaveformWalker SILENT = new WaveformWalker(Waveform.ZERO);

    private final Sequence sequence;
    private final TickClock clock;
    private final long rasterPs;
    private final WaveformWalker[] walkers = {SILENT, SILENT, SILENT};
    private final float[] sent = new float[3];

    private Rotation rotation;
    private long blockPs;
    private long durationPs;
    private long endPs;
    private long atPs;
    private boolean done = true;

    GradientSource(Sequence sequence, TickClock clock) {
        this.sequence = sequence;
        this.clock = clock;
        this.rasterPs = sequence.rasters().gradientPs();
    }

    @Override
    public void begin(int block) {
        blockPs = sequence.startPs(block);
        durationPs = sequence.blockDurationPs(block);
        endPs = 0;
        for (Axis axis : Axis.values()) {
            int id = sequence.gradientId(block, axis);
            WaveformWalker walker =
                    id == 0 ? SILENT : new WaveformWalker(sequence.gradient(id).waveform(sequence.rasters()));
            walkers[axis.ordinal()] = walker;
            endPs = Math.max(endPs, walker.endPs());
        }
        Rotation turn = endPs > 0 ? sequence.rotation(block) : Rotation.IDENTITY;
        rotation = turn.isIdentity() ? null : turn;
        atPs = 0;
        // A block of no duration is no pause: what it is between may be one waveform.
        done = durationPs == 0 || (endPs == 0 && sent[0] == 0 && sent[1] == 0 && sent[2] == 0);
    }

    @Override
    public long nextTick() {
        return done ? NONE : clock.tick(blockPs + atPs);
    }

    @Override
    public void emit(ChunkBuffer into) {
        long tick = nextTick();
        long to = Math.min(atPs + rasterPs, durationPs);
        double x = walkers[0].mean(atPs, to);
        double y = walkers[1].mean(atPs, to);
        double z = walkers[2].mean(atPs, to);
        if (rotation != null) {
            Vec3 turned = rotation.apply(new Vec3(x, y, z));
            x = turned.x();
            y = turned.y();
            z = turned.z();
        }
        send(tick, 0, x, into);
        send(tick, 1, y, into);
        send(tick, 2, z, into);
        done = atPs >= endPs || to >= durationPs;
        atPs = to;
    }

    private void send(long tick, int axis, double hertzPerMeter, ChunkBuffer into) {
        float now = (float) hertzPerMeter;
        if (now != sent[axis]) {
            into.add(tick, CHANNELS[axis], now);
            sent[axis] = now;
        }
    }
}
