package org.isocenter.hardware.stream.device;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import org.isocenter.hardware.stream.EventsReader;
import org.isocenter.hardware.stream.Frame;
import org.isocenter.hardware.stream.FrameFormatException;
import org.isocenter.hardware.stream.Reason;
import org.isocenter.hardware.stream.TableEnd;
import org.isocenter.hardware.stream.TableHeader;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** The device's queue of events: the table that is coming in, and what is played. Frames come on one thread, another plays. */
final class ReceivedTable implements TimedEvents, Closeable {
    /** Keeps events until they are played. */
    interface Store extends Closeable {
        /** Each frame in order; never waits. */
        void put(Frame frame, EventChunk events) throws IOException;

        /** All have been put. */
        void end();

        /** A pass over the events, which may wait for those that are to come. */
        Iterator<EventChunk> chunks();

        /** Nobody waits any more. */
        @Override
        void close();
    }

    private final TableHeader header;
    private final OutputLimits limits;
    private final Store store;
    private final EventsReader reader = new EventsReader();
    private long payloadBytes;
    private int frames;
    private long events;
    private final ReceivedWindows windows = new ReceivedWindows();
    private long samples;
    private boolean complete;

    ReceivedTable(TableHeader header, OutputLimits limits, Store store) {
        this.header = header;
        this.limits = limits;
        this.store = store;
    }

    /** The next stretch. */
    void take(Frame frame) throws DeviceStop, IOException {
        if (complete) {
            throw new DeviceStop(Reason.TABLE, "events came after the table's end");
        }
        payloadBytes += frame.payloadBytes();
        EventChunk chunk;
        try {
            chunk = reader.read(frame);
        } catch (FrameFormatException e) {
            throw new DeviceStop(Reason.TABLE, e.getMessage());
        }
        limits.check(chunk, header);
        frames++;
        events += chunk.events();
        note(chunk);
        for (int row = 0; row < chunk.windows(); row++) {
            samples += chunk.adcSamples()[row];
        }
        store.put(frame, chunk);
    }

    private void note(EventChunk chunk) throws DeviceStop {
        windows.add(chunk);
        if (windows.count() > header.windows()) {
            throw new DeviceStop(Reason.TABLE, "more windows came than the " + header.windows() + " announced");
        }
    }

    ReceivedWindows windows() {
        return windows;
    }

    void end(TableEnd end) throws DeviceStop {
        if (end.frames() != frames
                || end.events() != events
                || windows.count() != header.windows()
                || samples != header.samples()
                || reader.nextTick() != header.durationTicks()) {
            throw new DeviceStop(
                    Reason.TABLE,
                    "the table is not whole: " + frames + " frames with " + events + " events and " + windows.count()
                            + " windows up to tick " + reader.nextTick() + " came of " + end.frames() + " with "
                            + end.events() + " and " + header.windows() + " up to " + header.durationTicks());
        }
        complete = true;
        store.end();
    }

    boolean complete() {
        return complete;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    @Override
    public double clockHertz() {
        return header.clockHertz();
    }

    @Override
    public long durationTicks() {
        return header.durationTicks();
    }

    @Override
    public int adcWindows() {
        return header.windows();
    }

    @Override
    public long adcSamples() {
        return header.samples();
    }

    @Override
    public int maxSamplesPerWindow() {
        return header.longestWindow();
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return store.chunks();
    }

    @Override
    public void close() {
        store.close();
    }
}
