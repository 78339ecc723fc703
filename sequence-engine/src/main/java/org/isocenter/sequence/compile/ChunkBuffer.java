package org.isocenter.sequence.compile;

import java.util.Arrays;
import org.isocenter.sequence.Adc;

/** Gathers one chunk's events, in order of time. */
final class ChunkBuffer {
    private final double larmorHertz;
    private final TickClock clock;
    private final long startTick;
    private long lastTick;
    private long[] tick = new long[1024];
    private byte[] channel = new byte[1024];
    private float[] value = new float[1024];
    private int events;

    private int[] adcIndex = new int[16];
    private int[] adcSamples = new int[16];
    private int[] adcDwellTicks = new int[16];
    private double[] adcFrequencyHertz = new double[16];
    private double[] adcPhaseRadians = new double[16];
    private float[][] adcPhaseShapeRadians = new float[16][];
    private int windows;

    ChunkBuffer(long startTick, double larmorHertz, TickClock clock) {
        this.startTick = startTick;
        this.lastTick = startTick;
        this.larmorHertz = larmorHertz;
        this.clock = clock;
    }

    int events() {
        return events;
    }

    long lastTick() {
        return lastTick;
    }

    void add(long atTick, EventChannel to, float newValue) {
        if (atTick < lastTick) {
            throw new IllegalStateException(
                    "event " + to + " at tick " + atTick + " comes after one at tick " + lastTick);
        }
        if (events == tick.length) {
            int larger = events * 2;
            tick = Arrays.copyOf(tick, larger);
            channel = Arrays.copyOf(channel, larger);
            value = Arrays.copyOf(value, larger);
        }
        tick[events] = atTick;
        channel[events] = (byte) to.ordinal();
        value[events] = newValue;
        events++;
        lastTick = atTick;
    }

    /** @param index running number of the window in the table */
    void addWindow(long atTick, Adc adc, int index) {
        if (windows == adcIndex.length) {
            int larger = windows * 2;
            adcIndex = Arrays.copyOf(adcIndex, larger);
            adcSamples = Arrays.copyOf(adcSamples, larger);
            adcDwellTicks = Arrays.copyOf(adcDwellTicks, larger);
            adcFrequencyHertz = Arrays.copyOf(adcFrequencyHertz, larger);
            adcPhaseRadians = Arrays.copyOf(adcPhaseRadians, larger);
            adcPhaseShapeRadians = Arrays.copyOf(adcPhaseShapeRadians, larger);
        }
        adcIndex[windows] = index;
        adcSamples[windows] = adc.samples();
        adcDwellTicks[windows] = (int) Math.max(1, clock.tick(adc.dwellPs()));
        adcFrequencyHertz[windows] = adc.frequencyOffsetHertz(larmorHertz);
        adcPhaseRadians[windows] = adc.phaseOffsetRadians(larmorHertz);
        adcPhaseShapeRadians[windows] = phaseShape(adc);
        add(atTick, EventChannel.ADC, windows);
        windows++;
    }

    private static float[] phaseShape(Adc adc) {
        if (adc.phaseShapeRadians() == null) {
            return null;
        }
        float[] shape = new float[adc.phaseShapeRadians().length()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = (float) Math.IEEEremainder(adc.phaseShapeRadians().at(i), 2 * Math.PI);
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
