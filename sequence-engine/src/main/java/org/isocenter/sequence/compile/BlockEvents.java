package org.isocenter.sequence.compile;

import java.util.Arrays;

/**
 * The events of a kind of block, worked out once. They are written without knowing what the channels had before, so the first
 * event of a channel may turn out to be no change when the block is played. Grows while it is recorded; then it is only read.
 */
final class BlockEvents implements EventSink {
    private static final int CHANNELS = EventChannel.values().length;

    private final TickClock clock;
    private final long clockPhasePs;

    int count;
    /** Counted from the last time before the block that is a whole number of ticks. */
    int[] tick = new int[16];

    byte[] channel = new byte[16];
    float[] value = new float[16];

    int stopCount;
    /** Indices of events that must be looked at when they are played: the first of each channel, and ADC windows. */
    int[] stops = new int[8];

    int phaseCount;
    /** Indices of the events that set the transmitter's phase. */
    int[] phaseAt = {};
    /** Their phases without the pulse's phase offset, in radians. */
    double[] phases = {};

    /** What each channel has after the block; NaN for one that the block leaves alone. */
    final float[] last = new float[CHANNELS];

    BlockEvents(TickClock clock, long clockPhasePs) {
        this.clock = clock;
        this.clockPhasePs = clockPhasePs;
        Arrays.fill(last, Float.NaN);
    }

    @Override
    public void set(long ps, EventChannel to, float newValue) {
        if (newValue != last[to.ordinal()]) {
            if (Float.isNaN(last[to.ordinal()])) {
                stop();
            }
            add(ps, to, newValue);
            last[to.ordinal()] = newValue;
        }
    }

    @Override
    public void setPhase(long ps, double radians) {
        if (phaseCount > 0 && phases[phaseCount - 1] == radians) {
            return;
        }
        if (phaseCount == phaseAt.length) {
            phaseAt = Arrays.copyOf(phaseAt, Math.max(16, phaseCount * 2));
            phases = Arrays.copyOf(phases, phaseAt.length);
        }
        if (phaseCount == 0) {
            stop();
        }
        phaseAt[phaseCount] = count;
        phases[phaseCount++] = radians;
        add(ps, EventChannel.TX_PHASE, ChunkBuffer.wrapped(radians));
    }

    @Override
    public void add(long ps, EventChannel to, float newValue) {
        if (count == tick.length) {
            tick = Arrays.copyOf(tick, count * 2);
            channel = Arrays.copyOf(channel, count * 2);
            value = Arrays.copyOf(value, count * 2);
        }
        tick[count] = (int) clock.tick(clockPhasePs + ps);
        channel[count] = (byte) to.ordinal();
        value[count++] = newValue;
    }

    @Override
    public void addWindow(long ps) {
        stop();
        add(ps, EventChannel.ADC, 0);
    }

    private void stop() {
        if (stopCount == stops.length) {
            stops = Arrays.copyOf(stops, stopCount * 2);
        }
        stops[stopCount++] = count;
    }

    /** Done with recording: gives back what is not needed. */
    BlockEvents trimmed() {
        tick = Arrays.copyOf(tick, count);
        channel = Arrays.copyOf(channel, count);
        value = Arrays.copyOf(value, count);
        stops = Arrays.copyOf(stops, stopCount);
        phaseAt = Arrays.copyOf(phaseAt, phaseCount);
        phases = Arrays.copyOf(phases, phaseCount);
        return this;
    }
}
