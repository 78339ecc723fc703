package org.isocenter.sequence.compile;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.RfPulse;
import org.isocenter.sequence.Shape;

/**
 * Gathers the events of one chunk after another, in order of time, and knows what every channel has. Takes the events of a
 * block one by one, or many at once from a block that was worked out before.
 */
final class ChunkBuffer implements EventSink {
    private static final int CAPACITY = 2 * ChunkIterator.ENOUGH;
    private static final double TURN = 2 * Math.PI;
    private static final int PHASE = EventChannel.TX_PHASE.ordinal();

    private final double larmorHertz;
    private final TickClock clock;
    private final float[] state = new float[EventChannel.values().length];
    private final Map<Shape, float[]> phaseShapes = new HashMap<>();
    private int nextWindow;

    private long startTick;
    private long lastTick;
    private long[] tick;
    private byte[] channel;
    private float[] value;
    private int events;

    private int[] adcIndex;
    private int[] adcSamples;
    private int[] adcDwellTicks;
    private double[] adcFrequencyHertz;
    private double[] adcPhaseRadians;
    private float[][] adcPhaseShapeRadians;
    private int windows;

    private long blockPs;
    private double phaseOffsetRadians;
    private Adc adc;

    ChunkBuffer(double larmorHertz, TickClock clock) {
        this.larmorHertz = larmorHertz;
        this.clock = clock;
        Arrays.fill(state, Float.NaN);
    }

    void open(long atTick) {
        startTick = atTick;
        lastTick = atTick;
        events = 0;
        tick = new long[CAPACITY];
        channel = new byte[CAPACITY];
        value = new float[CAPACITY];
        windows = 0;
        adcIndex = new int[16];
        adcSamples = new int[16];
        adcDwellTicks = new int[16];
        adcFrequencyHertz = new double[16];
        adcPhaseRadians = new double[16];
        adcPhaseShapeRadians = new float[16][];
    }

    int events() {
        return events;
    }

    long lastTick() {
        return lastTick;
    }

    /** What follows belongs to a block with this start, pulse and window; null for none. */
    void begin(long startPs, RfPulse pulse, Adc window) {
        blockPs = startPs;
        phaseOffsetRadians = pulse == null ? 0 : pulse.phaseOffsetRadians(larmorHertz);
        adc = window;
    }

    @Override
    public void set(long ps, EventChannel to, float newValue) {
        if (newValue != state[to.ordinal()]) {
            add(ps, to, newValue);
        }
    }

    @Override
    public void setPhase(long ps, double radians) {
        set(ps, EventChannel.TX_PHASE, wrapped(radians + phaseOffsetRadians));
    }

    @Override
    public void add(long ps, EventChannel to, float newValue) {
        addAt(clock.tick(blockPs + ps), to, newValue);
    }

    @Override
    public void addWindow(long ps) {
        add(ps, EventChannel.ADC, window());
    }

    /** The angle between -π and π. */
    static float wrapped(double radians) {
        return (float) (radians - TURN * Math.rint(radians / TURN));
    }

    void addAt(long atTick, EventChannel to, float newValue) {
        reserve(1, atTick);
        tick[events] = atTick;
        channel[events] = (byte) to.ordinal();
        value[events++] = newValue;
        state[to.ordinal()] = newValue;
        lastTick = atTick;
    }

    private void reserve(int more, long firstTick) {
        if (firstTick < lastTick) {
            throw new IllegalStateException("an event at tick " + firstTick + " comes after one at tick " + lastTick);
        }
        if (events + more > tick.length) {
            int larger = Math.max(events + more, Math.min(events * 2, ChunkIterator.MOST));
            tick = Arrays.copyOf(tick, larger);
            channel = Arrays.copyOf(channel, larger);
            value = Arrays.copyOf(value, larger);
        }
    }

    /** Plays events of this block up to index {@code to}; they begin at {@code from}. */
    void play(BlockEvents block, int from, int to) {
        if (from == to) {
            return;
        }
        long base = clock.tick(blockPs - clock.phasePs(blockPs));
        reserve(to - from, base + block.tick[from]);
        int done = from;
        for (int i = 0; i < block.stopCount; i++) {
            int stop = block.stops[i];
            if (stop >= done && stop < to) {
                copy(block, done, stop, base);
                playOne(block, stop, base);
                done = stop + 1;
            }
        }
        copy(block, done, to, base);
        lastTick = base + block.tick[to - 1];
        if (to == block.count) {
            for (int c = 0; c < state.length; c++) {
                state[c] = Float.isNaN(block.last[c]) ? state[c] : block.last[c];
            }
            if (block.phaseCount > 0) {
                state[PHASE] = wrapped(block.phases[block.phaseCount - 1] + phaseOffsetRadians);
            }
        }
    }

    private void copy(BlockEvents block, int from, int to, long base) {
        int n = to - from;
        int[] relative = block.tick;
        for (int i = 0; i < n; i++) {
            tick[events + i] = base + relative[from + i];
        }
        System.arraycopy(block.channel, from, channel, events, n);
        System.arraycopy(block.value, from, value, events, n);
        if (phaseOffsetRadians != 0 && block.phaseCount > 0) {
            int first = Arrays.binarySearch(block.phaseAt, from);
            for (int p = first < 0 ? -first - 1 : first; p < block.phaseCount && block.phaseAt[p] < to; p++) {
                value[events + block.phaseAt[p] - from] = wrapped(block.phases[p] + phaseOffsetRadians);
            }
        }
        events += n;
    }

    /** An event that may be no change. */
    private void playOne(BlockEvents block, int at, long base) {
        int to = block.channel[at];
        float newValue = block.value[at];
        if (to == EventChannel.ADC.ordinal()) {
            newValue = window();
        } else if (to == PHASE) {
            newValue = wrapped(block.phases[0] + phaseOffsetRadians);
        }
        if (to == EventChannel.ADC.ordinal() || newValue != state[to]) {
            tick[events] = base + block.tick[at];
            channel[events] = (byte) to;
            value[events++] = newValue;
        }
    }

    /** Enters the block's window into the chunk's table; its index there. */
    private int window() {
        if (windows == adcIndex.length) {
            int larger = windows * 2;
            adcIndex = Arrays.copyOf(adcIndex, larger);
            adcSamples = Arrays.copyOf(adcSamples, larger);
            adcDwellTicks = Arrays.copyOf(adcDwellTicks, larger);
            adcFrequencyHertz = Arrays.copyOf(adcFrequencyHertz, larger);
            adcPhaseRadians = Arrays.copyOf(adcPhaseRadians, larger);
            adcPhaseShapeRadians = Arrays.copyOf(adcPhaseShapeRadians, larger);
        }
        adcIndex[windows] = nextWindow++;
        adcSamples[windows] = adc.samples();
        adcDwellTicks[windows] = (int) Math.max(1, clock.tick(adc.dwellPs()));
        adcFrequencyHertz[windows] = adc.frequencyOffsetHertz(larmorHertz);
        adcPhaseRadians[windows] = adc.phaseOffsetRadians(larmorHertz);
        Shape shape = adc.phaseShapeRadians();
        adcPhaseShapeRadians[windows] = shape == null ? null : phaseShapes.computeIfAbsent(shape, ChunkBuffer::wrapped);
        return windows++;
    }

    private static float[] wrapped(Shape radians) {
        float[] shape = new float[radians.length()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = wrapped(radians.at(i));
        }
        return shape;
    }

    EventChunk close(long endTick) {
        return new EventChunk(
                startTick,
                endTick,
                events,
                tick,
                channel,
                value,
                windows,
                adcIndex,
                adcSamples,
                adcDwellTicks,
                adcFrequencyHertz,
                adcPhaseRadians,
                adcPhaseShapeRadians);
    }
}
