package org.isocenter.sequence.compile;

import java.util.Iterator;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Adc;
import org.isocenter.sequence.Sequence;
import org.isocenter.sequence.check.CheckedSequence;

/** A table that is worked out anew, block by block, on every pass. Immutable. */
final class CompiledTable extends EventTable {
    private final Sequence sequence;
    private final SystemLimits limits;
    private final TickClock clock;
    private final BlockKinds kinds;
    private final int windows;
    private final long samples;
    private final int longestWindow;

    CompiledTable(CheckedSequence checked) {
        sequence = checked.sequence();
        limits = checked.limits();
        clock = new TickClock(limits.clockHertz());
        kinds = new BlockKinds(sequence, clock);
        int count = 0;
        long sum = 0;
        int longest = 0;
        for (int block = 0; block < sequence.blockCount(); block++) {
            int id = sequence.adcId(block);
            if (id != 0) {
                Adc adc = sequence.adc(id);
                count++;
                sum += adc.samples();
                longest = Math.max(longest, adc.samples());
            }
        }
        windows = count;
        samples = sum;
        longestWindow = longest;
    }

    @Override
    public SystemLimits limits() {
        return limits;
    }

    @Override
    public double gradientRasterSeconds() {
        return sequence.rasters().gradientPs() * 1e-12;
    }

    @Override
    public double clockHertz() {
        return clock.hertz();
    }

    @Override
    public long durationTicks() {
        return clock.tick(sequence.durationPs());
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
        return longestWindow;
    }

    @Override
    public Iterator<EventChunk> chunks() {
        return new ChunkIterator(sequence, kinds, limits, clock);
    }

    @Override
    public Iterator<Rest> rests() {
        return new RestIterator(sequence, clock);
    }
}
