package org.isocenter.hardware.stream;

import java.util.Arrays;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/** Reads EVENTS payloads, in the order in which they were sent, and checks that each can be. One thread, one table. */
public final class EventsReader {
    private static final int ADC = EventChannel.ADC.ordinal();
    private static final int CHANNELS = EventChannel.values().length;

    private long nextTick;
    private int nextWindow;

    /** Of the frame at hand, channel after channel: when, and the value's bits or the row of the window. */
    private long[] tick = new long[1024];

    private int[] bits = new int[1024];
    private int count;

    private int windows;
    private int[] index = new int[16];
    private int[] samples = new int[16];
    private int[] dwell = new int[16];
    private double[] frequency = new double[16];
    private double[] phase = new double[16];

    /**
     * The events in order of time; those of one tick in the order of channels.
     *
     * @throws FrameFormatException when the payload contradicts itself, the page or the frames before
     */
    public EventChunk read(Frame frame) throws FrameFormatException {
        long start = frame.u64();
        long length = frame.u32() & 0xffff_ffffL;
        int sections = frame.u8();
        frame.skip(3);
        if (start != nextTick || start + length < start) {
            throw wrong(frame, "starts at tick " + start + " where the one before ended at " + nextTick);
        }
        count = 0;
        windows = 0;
        int[] ends = new int[CHANNELS];
        int last = -1;
        for (int s = 0; s < sections; s++) {
            int channel = frame.u8();
            frame.skip(1);
            int runs = frame.u16();
            if (channel <= last || channel >= CHANNELS || runs == 0) {
                throw wrong(frame, "has a section of " + runs + " runs for channel " + channel + " after " + last);
            }
            Arrays.fill(ends, last + 1, channel, count);
            last = channel;
            long at = start;
            for (int r = 0; r < runs; r++) {
                at = channel == ADC ? window(frame, start, at) : run(frame, start, at);
                if (at > start + length) {
                    throw wrong(frame, "has an event at tick " + at + " after its end, " + (start + length));
                }
            }
            ends[channel] = count;
        }
        Arrays.fill(ends, last + 1, CHANNELS, count);
        if (frame.remaining() > 0) {
            throw wrong(frame, "has " + frame.remaining() + " bytes after its last section");
        }
        nextTick = start + length;
        return merged(start, ends);
    }

    /** Where the last frame ended. */
    public long nextTick() {
        return nextTick;
    }

    private long run(Frame frame, long start, long notBefore) throws FrameFormatException {
        long at = start + (frame.u32() & 0xffff_ffffL);
        int step = frame.u16();
        int values = frame.u16();
        if (at < notBefore || values == 0 || frame.remaining() / EventsWriter.VALUE_BYTES < values) {
            throw wrong(frame, "has a run of " + values + " values at tick " + at + " that cannot be");
        }
        reserve(values);
        for (int i = 0; i < values; i++) {
            int value = frame.u32();
            if (!Float.isFinite(Float.intBitsToFloat(value))) {
                throw wrong(frame, "has a value that is no number at tick " + (at + (long) i * step));
            }
            tick[count] = at + (long) i * step;
            bits[count++] = value;
        }
        return tick[count - 1];
    }

    private long window(Frame frame, long start, long notBefore) throws FrameFormatException {
        long at = start + (frame.u32() & 0xffff_ffffL);
        if (windows == index.length) {
            int larger = 2 * windows;
            index = Arrays.copyOf(index, larger);
            samples = Arrays.copyOf(samples, larger);
            dwell = Arrays.copyOf(dwell, larger);
            frequency = Arrays.copyOf(frequency, larger);
            phase = Arrays.copyOf(phase, larger);
        }
        index[windows] = frame.count();
        samples[windows] = frame.count();
        dwell[windows] = frame.count();
        frequency[windows] = frame.f64();
        phase[windows] = frame.f64();
        if (at < notBefore
                || index[windows] != nextWindow
                || samples[windows] == 0
                || dwell[windows] == 0
                || !Double.isFinite(frequency[windows])
                || !Double.isFinite(phase[windows])) {
            throw wrong(
                    frame,
                    "has a window " + index[windows] + " of " + samples[windows] + " samples, " + dwell[windows]
                            + " ticks each, at tick " + at + " that cannot be: window " + nextWindow + " is next");
        }
        nextWindow++;
        reserve(1);
        tick[count] = at;
        bits[count++] = windows++;
        return at;
    }

    private void reserve(int more) {
        if (count + more > tick.length) {
            int larger = Math.max(2 * tick.length, count + more);
            tick = Arrays.copyOf(tick, larger);
            bits = Arrays.copyOf(bits, larger);
        }
    }

    /** @param ends of each channel's events in the arrays */
    private EventChunk merged(long start, int[] ends) {
        int[] cursor = new int[CHANNELS];
        System.arraycopy(ends, 0, cursor, 1, CHANNELS - 1);
        long[] ticks = new long[count];
        byte[] channels = new byte[count];
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int first = -1;
            long earliest = Long.MAX_VALUE;
            for (int channel = 0; channel < CHANNELS; channel++) {
                if (cursor[channel] < ends[channel] && tick[cursor[channel]] < earliest) {
                    first = channel;
                    earliest = tick[cursor[channel]];
                }
            }
            int value = bits[cursor[first]++];
            ticks[i] = earliest;
            channels[i] = (byte) first;
            values[i] = first == ADC ? value : Float.intBitsToFloat(value);
        }
        return new EventChunk(
                start,
                nextTick,
                count,
                ticks,
                channels,
                values,
                windows,
                Arrays.copyOf(index, windows),
                Arrays.copyOf(samples, windows),
                Arrays.copyOf(dwell, windows),
                Arrays.copyOf(frequency, windows),
                Arrays.copyOf(phase, windows),
                new float[windows][]);
    }

    private static FrameFormatException wrong(Frame frame, String what) {
        return new FrameFormatException(
                frame.type() + " frame " + Integer.toUnsignedString(frame.number()) + " " + what);
    }
}
