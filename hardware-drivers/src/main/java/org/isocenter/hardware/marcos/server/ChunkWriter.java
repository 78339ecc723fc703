package org.isocenter.hardware.marcos.server;

import java.util.Arrays;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/** Gathers events in order of time into chunks. Values that a channel has already are left out. One thread. */
final class ChunkWriter {
    private final float[] state = new float[EventChannel.values().length];
    private long startTick;
    private long[] tick = new long[0];
    private byte[] channel = new byte[0];
    private float[] value = new float[0];
    private int events;
    private int nextWindow;
    private int[] adcIndex = new int[0];
    private int[] adcSamples = new int[0];
    private int[] adcDwellTicks = new int[0];
    private double[] adcFrequencyHertz = new double[0];
    private double[] adcPhaseRadians = new double[0];
    private int windows;

    /** Starts with everything at zero. */
    ChunkWriter() {
        open(0);
        for (EventChannel each : new EventChannel[] {
            EventChannel.TX_AMPLITUDE,
            EventChannel.TX_PHASE,
            EventChannel.TX_GATE,
            EventChannel.GX,
            EventChannel.GY,
            EventChannel.GZ,
            EventChannel.TRIGGER_OUT
        }) {
            add(0, each, 0);
        }
    }

    private void open(long at) {
        startTick = at;
        events = 0;
        tick = new long[256];
        channel = new byte[256];
        value = new float[256];
        windows = 0;
        adcIndex = new int[16];
        adcSamples = new int[16];
        adcDwellTicks = new int[16];
        adcFrequencyHertz = new double[16];
        adcPhaseRadians = new double[16];
    }

    int events() {
        return events;
    }

    long startTick() {
        return startTick;
    }

    void set(long at, EventChannel to, double newValue) {
        if ((float) newValue != state[to.ordinal()]) {
            add(at, to, (float) newValue);
        }
    }

    private void add(long at, EventChannel to, float newValue) {
        if (events == tick.length) {
            tick = Arrays.copyOf(tick, 2 * events);
            channel = Arrays.copyOf(channel, 2 * events);
            value = Arrays.copyOf(value, 2 * events);
        }
        tick[events] = at;
        channel[events] = (byte) to.ordinal();
        value[events++] = newValue;
        state[to.ordinal()] = newValue;
    }

    void window(long at, int samples, int dwellTicks, double frequencyHertz, double phaseRadians) {
        if (windows == adcIndex.length) {
            adcIndex = Arrays.copyOf(adcIndex, 2 * windows);
            adcSamples = Arrays.copyOf(adcSamples, 2 * windows);
            adcDwellTicks = Arrays.copyOf(adcDwellTicks, 2 * windows);
            adcFrequencyHertz = Arrays.copyOf(adcFrequencyHertz, 2 * windows);
            adcPhaseRadians = Arrays.copyOf(adcPhaseRadians, 2 * windows);
        }
        adcIndex[windows] = nextWindow++;
        adcSamples[windows] = samples;
        adcDwellTicks[windows] = dwellTicks;
        adcFrequencyHertz[windows] = frequencyHertz;
        adcPhaseRadians[windows] = phaseRadians;
        add(at, EventChannel.ADC, windows++);
    }

    /** The chunk up to here; the next one begins here. */
    EventChunk close(long at) {
        EventChunk chunk = new EventChunk(
                startTick,
                at,
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
                new float[adcIndex.length][]);
        open(at);
        return chunk;
    }
}
