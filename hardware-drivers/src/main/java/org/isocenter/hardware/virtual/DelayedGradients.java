package org.isocenter.hardware.virtual;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** Changes of the three gradients on their way through amplifiers that answer late, each axis by its own time. One thread. */
final class DelayedGradients {
    private record Change(long tick, float value) {}

    private final long[] delayTicks = new long[3];
    private final List<Queue<Change>> waiting = List.of(new ArrayDeque<>(), new ArrayDeque<>(), new ArrayDeque<>());
    private final float[] value = new float[3];
    private boolean changed;

    DelayedGradients(ScannerFields fields, double secondsPerTick) {
        for (int axis = 0; axis < 3; axis++) {
            delayTicks[axis] = Math.round(fields.delaySeconds(axis) / secondsPerTick);
        }
    }

    /** An axis is told to change now. */
    void command(int axis, long tick, float to) {
        if (delayTicks[axis] == 0) {
            change(axis, to);
        } else {
            waiting.get(axis).add(new Change(tick + delayTicks[axis], to));
        }
    }

    /** When the next change comes out; {@link Long#MAX_VALUE} when none waits. */
    long nextTick() {
        long next = Long.MAX_VALUE;
        for (Queue<Change> axis : waiting) {
            if (!axis.isEmpty()) {
                next = Math.min(next, axis.peek().tick());
            }
        }
        return next;
    }

    /** Lets come out what is due at this tick. */
    void advanceTo(long tick) {
        for (int axis = 0; axis < 3; axis++) {
            Queue<Change> queue = waiting.get(axis);
            while (!queue.isEmpty() && queue.peek().tick() <= tick) {
                change(axis, queue.remove().value());
            }
        }
    }

    private void change(int axis, float to) {
        changed |= value[axis] != to;
        value[axis] = to;
    }

    /** Whether anything came out since this was asked last. */
    boolean changedSinceAsked() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** What comes out now, x, y, z. */
    float[] value() {
        return value;
    }
}
