package org.isocenter.hardware.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.EventTable;

/**
 * Writes an event table as the line would carry it: one ARM, its EVENTS, one END, in session 0. One frame at a time is in
 * memory. The layout is in {@code docs/event-stream.md}.
 */
public final class TableFrames {
    /** A frame of a file: as large as a small device would take it. */
    private static final int LARGEST = 4096;

    private static final int NO_SESSION = 0;

    private final OutputStream out;
    private final FrameWriter frame = new FrameWriter(LARGEST);
    private final byte[] line = new byte[FrameWriter.lineBytes(LARGEST)];
    private int numbers;
    private long events;
    private long bytes;

    private TableFrames(OutputStream out) {
        this.out = out;
    }

    /**
     * What was written.
     *
     * @param chunks EVENTS frames
     * @param events in all of them
     * @param bytes of all frames
     */
    public record Summary(int chunks, long events, long bytes) {}

    /** Writes the whole table; does not close the stream. */
    public static Summary write(EventTable table, OutputStream out) throws IOException {
        TableFrames writer = new TableFrames(out);
        TableHeader.of(table, table.limits().larmorHertz()).write(writer.frame);
        writer.flush();
        EventsWriter payloads = new EventsWriter(writer.frame.largestPayload());
        for (Iterator<EventChunk> chunks = table.chunks(); chunks.hasNext(); ) {
            payloads.begin(chunks.next());
            while (!payloads.done()) {
                writer.events(payloads);
            }
        }
        TableEnd end = new TableEnd(writer.numbers - 1, writer.events);
        end.write(writer.frame);
        writer.flush();
        return new Summary(end.frames(), writer.events, writer.bytes);
    }

    private void events(EventsWriter payloads) throws IOException {
        frame.begin(FrameType.EVENTS);
        events += payloads.write(frame);
        flush();
    }

    private void flush() throws IOException {
        int end = frame.end(NO_SESSION, numbers++).stuffInto(line, 0);
        out.write(line, 0, end);
        bytes += end;
    }
}
