package org.isocenter.hardware.marcos.server;

import java.util.Iterator;
import org.isocenter.hardware.marcos.MargaCompiler;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** What runs do to the scanner, as events at the FPGA's clock; the windows are one receiver's. Each pass decodes them anew. */
final class DecodedEvents implements TimedEvents {
    private final AnnouncedRuns runs;
    private final int receiver;
    private final long begin;
    private final long end;
    private int windows;
    private long samples;
    private int longest;

    DecodedEvents(AnnouncedRuns runs, int receiver) {
        this.runs = runs;
        this.receiver = receiver;
        WindowList list = runs.windows(receiver);
        begin = runs.start().clock();
        long last = runs.endClock();
        for (int i = 0; i < list.size(); i++) {
            last = Math.max(last, list.end(i));
            if (!list.silent(i)) {
                windows++;
                samples += list.samples(i);
                longest = Math.max(longest, list.samples(i));
            }
        }
        end = last + MargaBoard.LONGEST_LATENCY + 1;
    }

    @Override
    public double clockHertz() {
        return MargaCompiler.CLOCK_HERTZ;
    }

    @Override
    public long durationTicks() {
        return end - begin;
    }

    @Override
    public int adcWindows() {
        return windows;
    }

    @Override
    public long adcSamples() {
        return samples;
    }

    @Override
    public int maxSamplesPerWindow() {
        return longest;
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return new DecodingPass(runs, receiver, begin, end);
    }
}
