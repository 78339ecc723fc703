package org.isocenter.hardware;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** Events written one by one, without ADC windows, on a clock of 1 MHz. */
final class HandMadeEvents implements TimedEvents {
    private final List<Long> ticks = new ArrayList<>();
    private final List<EventChannel> channels = new ArrayList<>();
    private final List<Double> values = new ArrayList<>();

    HandMadeEvents at(long microseconds, EventChannel channel, double value) {
        ticks.add(microseconds);
        channels.add(channel);
        values.add(value);
        return this;
    }

    /** Gate and 1 kHz of RF, from this time on, with dead and ring-down time of 100 us. */
    HandMadeEvents pulse(long microseconds, long lasting) {
        return at(microseconds - 100, EventChannel.TX_GATE, 1)
                .at(microseconds, EventChannel.TX_AMPLITUDE, 1000)
                .at(microseconds + lasting, EventChannel.TX_AMPLITUDE, 0)
                .at(microseconds + lasting + 100, EventChannel.TX_GATE, 0);
    }

    @Override
    public double clockHertz() {
        return 1e6;
    }

    @Override
    public long durationTicks() {
        return ticks.get(ticks.size() - 1);
    }

    @Override
    public int adcWindows() {
        return 0;
    }

    @Override
    public long adcSamples() {
        return 0;
    }

    @Override
    public int maxSamplesPerWindow() {
        return 0;
    }

    @Override
    public Iterator<EventChunk> chunks() {
        int n = ticks.size();
        long[] tick = new long[n];
        byte[] channel = new byte[n];
        float[] value = new float[n];
        for (int i = 0; i < n; i++) {
            tick[i] = ticks.get(i);
            channel[i] = (byte) channels.get(i).ordinal();
            value[i] = values.get(i).floatValue();
        }
        return List.of(new EventChunk(
                        0,
                        durationTicks(),
                        n,
                        tick,
                        channel,
                        value,
                        0,
                        new int[0],
                        new int[0],
                        new int[0],
                        new double[0],
                        new double[0],
                        new float[0][]))
                .iterator();
    }
}
