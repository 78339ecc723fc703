package org.isocenter.hardware.stream;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/**
 * Turns chunks of a table into the payloads of EVENTS frames: for each channel runs of values that are equally far apart. Buffers
 * are used again; nothing is allocated for an event. One thread.
 */
final class EventsWriter {
    static final int HEAD_BYTES = 16;
    static final int SECTION_BYTES = 4;
    static final int RUN_BYTES = 8;
    static final int VALUE_BYTES = 4;
    static final int WINDOW_BYTES = 32;
    static final int LARGEST_U16 = 0xffff;
    private static final long LONGEST_TICKS = 0xffff_ffffL;
    private static final int ADC = EventChannel.ADC.ordinal();
    private static final int CHANNELS = EventChannel.values().length;

    private final int mostBytes;
    private EventChunk chunk;
    private long startTick;
    private int next;
    private boolean ended;

    /** Per channel: events of the frame that is being put together, and its last run. */
    private final int[] events = new int[CHANNELS];

    private final int[] runs = new int[CHANNELS];
    private final long[] lastTick = new long[CHANNELS];
    private final long[] step = new long[CHANNELS];
    private final int[] runLength = new int[CHANNELS];
    private final int[] filled = new int[CHANNELS];
    private int[] byChannel = new int[1024];

    /** @param mostBytes of a payload */
    EventsWriter(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** The next chunk of the table; the one before has been written. */
    void begin(EventChunk of) {
        chunk = of;
        startTick = of.startTick();
        next = 0;
        ended = false;
    }

    /** Whether the chunk is written. */
    boolean done() {
        return ended;
    }

    /** Adds the next payload of the chunk to this frame, which has none yet. How many events are in it. */
    int write(FrameWriter frame) {
        int from = next;
        int to = take();
        long endTick = endTick(to);
        next = to;
        ended = to == chunk.events() && endTick == chunk.endTick();
        ByteBuffer out = frame.buffer();
        out.putLong(startTick).putInt((int) (endTick - startTick)).putInt(sections());
        sort(from, to);
        int first = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            int count = events[channel];
            if (count > 0) {
                out.put((byte) channel).put((byte) 0).putShort((short) runs[channel]);
                if (channel == ADC) {
                    windows(out, first, first + count);
                } else {
                    runs(out, first, first + count);
                }
            }
            first += count;
        }
        startTick = endTick;
        return to - from;
    }

    /** The frame's end: the chunk's, when all its events are in; else that of the last event; never longer than a field holds. */
    private long endTick(int to) {
        long end = to == chunk.events() ? chunk.endTick() : to == next ? chunk.tick()[to] : chunk.tick()[to - 1];
        return Math.min(end, startTick + LONGEST_TICKS);
    }

    private int sections() {
        int count = 0;
        for (int each : events) {
            count += each > 0 ? 1 : 0;
        }
        return count;
    }

    /** Takes as many events as the payload holds; where they end. */
    private int take() {
        Arrays.fill(events, 0);
        Arrays.fill(runs, 0);
        int bytes = HEAD_BYTES;
        long[] tick = chunk.tick();
        byte[] channels = chunk.channel();
        int i = next;
        for (; i < chunk.events() && tick[i] - startTick <= LONGEST_TICKS; i++) {
            int channel = channels[i];
            boolean goesOn = events[channel] > 0 && channel != ADC && continues(channel, tick[i]);
            int more = goesOn ? VALUE_BYTES : channel == ADC ? WINDOW_BYTES : RUN_BYTES + VALUE_BYTES;
            more += events[channel] == 0 ? SECTION_BYTES : 0;
            if (bytes + more > mostBytes) {
                break;
            }
            bytes += more;
            if (goesOn) {
                step[channel] = tick[i] - lastTick[channel];
                runLength[channel]++;
            } else {
                runs[channel]++;
                runLength[channel] = 1;
            }
            lastTick[channel] = tick[i];
            events[channel]++;
        }
        return i;
    }

    private boolean continues(int channel, long tick) {
        long gap = tick - lastTick[channel];
        int length = runLength[channel];
        return length < LARGEST_U16 && gap <= LARGEST_U16 && (length == 1 || gap == step[channel]);
    }

    /** The indices of the frame's events, channel after channel. */
    private void sort(int from, int to) {
        if (byChannel.length < to - from) {
            byChannel = new int[2 * (to - from)];
        }
        int at = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            filled[channel] = at;
            at += events[channel];
        }
        for (int i = from; i < to; i++) {
            byChannel[filled[chunk.channel()[i]]++] = i;
        }
    }

    private void runs(ByteBuffer out, int first, int end) {
        long[] tick = chunk.tick();
        float[] value = chunk.value();
        for (int i = first; i < end; ) {
            long gap = i + 1 < end ? tick[byChannel[i + 1]] - tick[byChannel[i]] : Long.MAX_VALUE;
            int last = i + 1;
            if (gap <= LARGEST_U16) {
                while (last < end
                        && last - i < LARGEST_U16
                        && tick[byChannel[last]] - tick[byChannel[last - 1]] == gap) {
                    last++;
                }
            }
            int count = last - i;
            out.putInt((int) (tick[byChannel[i]] - startTick))
                    .putShort((short) (count == 1 ? 0 : gap))
                    .putShort((short) count);
            for (; i < last; i++) {
                out.putFloat(value[byChannel[i]]);
            }
        }
    }

    private void windows(ByteBuffer out, int first, int end) {
        for (int i = first; i < end; i++) {
            int row = (int) chunk.value()[byChannel[i]];
            out.putInt((int) (chunk.tick()[byChannel[i]] - startTick))
                    .putInt(chunk.adcIndex()[row])
                    .putInt(chunk.adcSamples()[row])
                    .putInt(chunk.adcDwellTicks()[row])
                    .putDouble(chunk.adcFrequencyHertz()[row])
                    .putDouble(chunk.adcPhaseRadians()[row]);
        }
    }
}
