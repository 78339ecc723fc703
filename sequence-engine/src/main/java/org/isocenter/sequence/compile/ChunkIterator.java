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
    private final BlockKinds kinds;
    private final TickClock clock;
    private final EventSource[] sources;
    private final ChunkBuffer buffer;
    private final BlockCache cache = new BlockCache();
    private BlockEvents playing;
    private int played;
    private boolean merging;
    private int nextBlock;
    private long startTick;
    private boolean started;
    private boolean finished;

    ChunkIterator(Sequence sequence, BlockKinds kinds, SystemLimits limits, TickClock clock) {
        this.sequence = sequence;
        this.kinds = kinds;
        this.clock = clock;
        this.buffer = new ChunkBuffer(limits.larmorHertz(), clock);
        this.sources = new EventSource[] {
            new RfSource(sequence, limits),
            new GradientSource(sequence),
            new AdcSource(sequence),
            new TriggerSource(sequence)
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
        buffer.open(startTick);
        if (!started) {
            allToZero(0);
            started = true;
        }
        while (true) {
            if (playing != null) {
                play();
                if (playing != null) {
                    return cut(buffer.lastTick());
                }
            } else if (merging) {
                mergeOne();
                if (buffer.events() > MOST - STEP) {
                    return cut(buffer.lastTick());
                }
            } else if (nextBlock == sequence.blockCount()) {
                long end = clock.tick(sequence.durationPs());
                allToZero(end);
                finished = true;
                return cut(end);
            } else if (buffer.events() >= ENOUGH) {
                return cut(clock.tick(sequence.startPs(nextBlock)));
            } else {
                begin(nextBlock++);
            }
        }
    }

    private void begin(int block) {
        int rfId = sequence.rfId(block);
        int adcId = sequence.adcId(block);
        buffer.begin(
                sequence.startPs(block),
                rfId == 0 ? null : sequence.rfPulse(rfId),
                adcId == 0 ? null : sequence.adc(adcId));
        BlockKinds.Kind kind = kinds.of(block);
        playing = cache.get(kind);
        played = 0;
        if (playing != null) {
            return;
        }
        for (EventSource each : sources) {
            each.begin(block);
        }
        if (!clock.repeats() || kinds.mayHaveMoreEventsThan(MOST, block)) {
            merging = true;
            return;
        }
        BlockEvents recorded = new BlockEvents(clock, kind.clockPhasePs());
        for (EventSource source = earliest(); source != null; source = earliest()) {
            source.emit(recorded);
        }
        playing = recorded.trimmed();
        cache.put(kind, playing);
    }

    private void play() {
        int to = Math.min(playing.count, played + MOST - buffer.events());
        buffer.play(playing, played, to);
        played = to;
        if (played == playing.count) {
            playing = null;
        }
    }

    private void mergeOne() {
        EventSource source = earliest();
        if (source == null) {
            merging = false;
        } else {
            source.emit(buffer);
        }
    }

    private EventSource earliest() {
        EventSource first = null;
        long firstPs = EventSource.NONE;
        for (EventSource source : sources) {
            long ps = source.nextPs();
            if (ps < firstPs) {
                first = source;
                firstPs = ps;
            }
        }
        return first;
    }

    private EventChunk cut(long endTick) {
        startTick = endTick;
        return buffer.close(endTick);
    }

    private void allToZero(long tick) {
        for (EventChannel channel : SAFE_AT_ZERO) {
            buffer.addAt(tick, channel, 0);
        }
    }
}
