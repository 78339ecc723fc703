package org.isocenter.sequence.compile;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.Sequence;

/**
 * One pass over a sequence. Chunks end between blocks once they hold {@link #ENOUGH} events, so that what belongs together
 * stays together; only a block of more than {@link #MOST} events is cut.
 */
final class ChunkIterator implements Iterator<EventChunk> {
    static final int ENOUGH = 8_192;
    static final int MOST = 65_536;
    /** Most events that one step of a source writes. */
    private static final int STEP = 8;

    private static final EventChannel[] SAFE_AT_ZERO = {
        EventChannel.TX_AMPLITUDE,
        EventChannel.TX_PHASE,
        EventChannel.TX_GATE,
        EventChannel.GX,
        EventChannel.GY,
        EventChannel.GZ,
        EventChannel.TRIGGER_OUT
    };

    private final Sequence sequence;
    private final TickClock clock;
    private final double larmorHertz;
    private final EventSource[] sources;
    private int nextBlock;
    private long startTick;
    private boolean started;
    private boolean finished;

    ChunkIterator(Sequence sequence, SystemLimits limits, TickClock clock) {
        this.sequence = sequence;
        this.clock = clock;
        this.larmorHertz = limits.larmorHertz();
        this.sources = new EventSource[] {
            new RfSource(sequence, limits, clock),
            new GradientSource(sequence, clock),
            new AdcSource(sequence, clock),
            new TriggerSource(sequence, clock)
        };
    }

    @Override
    public boolean hasNext() {
        return !finished;
    }

    @Override
    public EventChunk next() {
        if (finished) {
            throw new NoSuchElementException("the event table has ended");
        }
        ChunkBuffer buffer = new ChunkBuffer(startTick, larmorHertz, clock);
        if (!started) {
            allToZero(0, buffer);
            started = true;
        }
        while (true) {
            EventSource source = earliest();
            if (source != null) {
                source.emit(buffer);
                if (buffer.events() > MOST - STEP) {
                    return cut(buffer, buffer.lastTick());
                }
            } else if (nextBlock == sequence.blockCount()) {
                long end = clock.tick(sequence.durationPs());
                allToZero(end, buffer);
                finished = true;
                return cut(buffer, end);
            } else if (buffer.events() >= ENOUGH) {
                return cut(buffer, clock.tick(sequence.startPs(nextBlock)));
            } else {
                for (EventSource each : sources) {
                    each.begin(nextBlock);
                }
                nextBlock++;
            }
        }
    }

    private EventSource earliest() {
        EventSource first = null;
        long firstTick = EventSource.NONE;
        for (EventSource source : sources) {
            long tick = source.nextTick();
            if (tick < firstTick) {
                first = source;
                firstTick = tick;
            }
        }
        return first;
    }

    private EventChunk cut(ChunkBuffer buffer, long endTick) {
        startTick = endTick;
        return buffer.close(endTick);
    }

    private static void allToZero(long tick, ChunkBuffer buffer) {
        for (EventChannel channel : SAFE_AT_ZERO) {
            buffer.add(tick, channel, 0);
        }
    }
}
