package org.isocenter.hardware.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * Writes an event table as the event stream's frames: one TABLE, a CHUNK for each chunk of the table, one END. The layout is
 * in {@code docs/event-stream.md}. One chunk at a time is in memory.
 */
public final class TableFrames {
    static final int VERSION = 1;
    static final int TABLE = 0x10;
    static final int CHUNK = 0x11;
    static final int END = 0x12;

    private final FrameWriter frames;
    private long events;
    private int chunks;

    private TableFrames(OutputStream out) {
        frames = new FrameWriter(out);
    }

    /**
     * What was written.
     *
     * @param chunks CHUNK frames
     * @param events in all of them
     * @param bytes of all frames
     */
    public record Summary(int chunks, long events, long bytes) {}

    /** Writes the whole table; does not close the stream. */
    public static Summary write(EventTable table, OutputStream out) throws IOException {
        TableFrames writer = new TableFrames(out);
        writer.table(table);
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            writer.chunk(chunks.next());
        }
        writer.frames.begin(END).u32(writer.chunks).u64(writer.events).end();
        return new Summary(writer.chunks, writer.events, writer.frames.bytes());
    }

    private void table(EventTable table) throws IOException {
        frames.begin(TABLE)
                .u16(VERSION)
                .f64(table.clockHertz())
                .f64(table.limits().larmorHertz())
                .u64(table.durationTicks())
                .u32(table.adcWindows())
                .u64(table.adcSamples())
                .u32(table.maxSamplesPerWindow())
                .end();
    }

    private void chunk(EventChunk chunk) throws IOException {
        frames.begin(CHUNK)
                .u64(chunk.startTick())
                .u64(chunk.endTick())
                .u32(chunk.events())
                .u32(chunk.windows());
        long last = chunk.startTick();
        for (int i = 0; i < chunk.events(); i++) {
            frames.varint(chunk.tick()[i] - last).u8(chunk.channel()[i]);
            last = chunk.tick()[i];
            if (chunk.channel()[i] == EventChannel.ADC.ordinal()) {
                frames.u32((int) chunk.value()[i]);
            } else {
                frames.f32(chunk.value()[i]);
            }
        }
        for (int row = 0; row < chunk.windows(); row++) {
            float[] shape = chunk.adcPhaseShapeRadians()[row];
            frames.u32(chunk.adcIndex()[row])
                    .u32(chunk.adcSamples()[row])
                    .u32(chunk.adcDwellTicks()[row])
                    .f64(chunk.adcFrequencyHertz()[row])
                    .f64(chunk.adcPhaseRadians()[row])
                    .u32(shape == null ? 0 : shape.length);
            for (int i = 0; shape != null && i < shape.length; i++) {
                frames.f32(shape[i]);
            }
        }
        frames.end();
        chunks++;
        events += chunk.events();
    }
}
