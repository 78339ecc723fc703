package org.isocenter.hardware.marcos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.isocenter.hardware.UncompilableTableException;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.Rest;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Compiles a table run after run, in memory for one run. A run ends between two repetitions, where RF is off, gates are closed,
 * gradients are at zero and no window is open for longer than the exchange with the console takes. Where a run has become long, a
 * pause that the next run's lead fits into will do; where it comes near its limits, after what may be a dummy repetition too. One
 * thread; every pass makes the same runs.
 */
final class MargaRuns {
    private static final EventChannel[] CHANNELS = EventChannel.values();

    private final double clockHertz;
    private final long durationTicks;
    private final MargaSettings settings;
    private final RunLimits limits;
    private final Iterator<EventChunk> chunks;
    private final Iterator<Rest> rests;
    private final double goodPauseTicks;
    private final double leastPauseTicks;

    private EventChunk chunk;
    private int next;
    /** The one that has not passed yet, or null after the last. */
    private Rest rest;

    private int number;
    private long startTick;
    private float transmitRadians;
    /** What the table has set, by channel. */
    private final float[] outputs = new float[CHANNELS.length];
    /** Since when all is off; the end of the last window counts too. */
    private long quietTick;

    private long lastPauseTick;
    private int[] words = new int[1024];
    private int count;

    MargaRuns(TimedEvents table, MargaSettings settings, RunLimits limits) {
        this.clockHertz = table.clockHertz();
        this.durationTicks = table.durationTicks();
        this.settings = settings;
        this.limits = limits;
        chunks = table.chunks();
        rests = table.rests();
        rest = rests.hasNext() ? rests.next() : null;
        leastPauseTicks =
                Math.ceil(RunCompiler.leastPauseClocks(settings) * clockHertz / MargaCompiler.CLOCK_HERTZ) + 1;
        goodPauseTicks = leastPauseTicks + limits.exchangeSeconds() * clockHertz;
    }

    /**
     * The next run, or null after the last.
     *
     * @throws UncompilableTableException when the console cannot play the table
     */
    MargaRun next() throws UncompilableTableException {
        try {
            return compileNext();
        } catch (IOException e) {
            throw new UncheckedIOException("words in memory cannot fail", e);
        }
    }

    private MargaRun compileNext() throws IOException, UncompilableTableException {
        if (startTick == durationTicks && number > 0) {
            return null;
        }
        count = 0;
        RunCompiler compiler = number == 0
                ? RunCompiler.first(clockHertz, settings, this::keep)
                : RunCompiler.following(clockHertz, settings, this::keep, startTick, transmitRadians);
        boolean used = false;
        while (next < (chunk == null ? 0 : chunk.events()) || chunks.hasNext()) {
            if (chunk == null || next == chunk.events()) {
                chunk = chunks.next();
                next = 0;
                continue;
            }
            long tick = chunk.tick()[next];
            if (used && tick < durationTicks && isQuiet() && isRest(tick) && mayEnd(compiler, tick)) {
                return end(compiler, quietTick, tick);
            }
            // What the table ends with is so already, as a rule: the last run, too, ends when all is quiet.
            if (tick < durationTicks || !isQuiet()) {
                compiler.event(chunk, next);
            }
            used |= !follow(tick);
            next++;
            refuseIfTooLong(compiler, tick);
        }
        return end(compiler, isQuiet() ? Math.max(startTick, quietTick) : durationTicks, durationTicks);
    }

    private void keep(int word) {
        if (count == words.length) {
            words = Arrays.copyOf(words, 2 * count);
        }
        words[count++] = word;
    }

    /** Whether all that was quiet up to here lies between two repetitions. */
    private boolean isRest(long tick) {
        while (rest != null && rest.toTick() < tick) {
            rest = rests.hasNext() ? rests.next() : null;
        }
        return rest != null && rest.fromTick() <= quietTick;
    }

    private boolean mayEnd(RunCompiler compiler, long tick) {
        long pause = tick - quietTick;
        if (pause >= goodPauseTicks && rest.certain()) {
            double sinceLastPause = tick - lastPauseTick;
            lastPauseTick = tick;
            return tick - startTick + sinceLastPause > limits.segmentSeconds() * clockHertz || isLong(compiler, 2);
        }
        double longest = Math.max(limits.longestSeconds(), limits.segmentSeconds());
        boolean late = rest.certain() && tick - startTick >= longest * clockHertz;
        return pause >= leastPauseTicks && (late || isLong(compiler, 2));
    }

    /** Whether a run has come so near its limits. */
    private boolean isLong(RunCompiler compiler, int part) {
        return compiler.words() > limits.mostWords() / part || compiler.received() > limits.mostReceived() / part;
    }

    private void refuseIfTooLong(RunCompiler compiler, long tick) throws UncompilableTableException {
        if (isLong(compiler, 1)) {
            throw new UncompilableTableException("no pause of " + leastPauseTicks / clockHertz * 1e6
                    + " us with gradients at zero comes between repetitions from " + startTick / clockHertz + " s to "
                    + tick / clockHertz
                    + " s, and a run of this console has room for " + limits.mostWords() + " instructions and "
                    + limits.mostReceived() + " samples: a longer TR, a longer RF raster, or fewer samples");
        }
    }

    private boolean isQuiet() {
        for (int channel = 0; channel < outputs.length; channel++) {
            if (outputs[channel] != 0 && channel != EventChannel.TX_PHASE.ordinal()) {
                return false;
            }
        }
        return true;
    }

    /** Keeps account of what the outputs are set to; whether all is off. */
    private boolean follow(long tick) {
        EventChannel channel = CHANNELS[chunk.channel()[next]];
        float value = chunk.value()[next];
        boolean wasQuiet = isQuiet();
        if (channel == EventChannel.ADC) {
            int row = (int) value;
            long end = tick + (long) chunk.adcSamples()[row] * chunk.adcDwellTicks()[row];
            quietTick = Math.max(quietTick, end);
            return false;
        }
        outputs[channel.ordinal()] = value;
        boolean quiet = isQuiet();
        if (quiet && !wasQuiet) {
            quietTick = Math.max(quietTick, tick);
        }
        return quiet;
    }

    private MargaRun end(RunCompiler compiler, long quietTick, long endTick)
            throws IOException, UncompilableTableException {
        long busy = compiler.end(quietTick);
        double clocksPerTick = MargaCompiler.CLOCK_HERTZ / clockHertz;
        long length = Math.max(busy, Math.round(endTick * clocksPerTick) - Math.round(startTick * clocksPerTick));
        MargaRun run = new MargaRun(
                number++,
                startTick / clockHertz,
                endTick / clockHertz,
                Arrays.copyOf(words, count),
                busy,
                length,
                List.copyOf(compiler.windows()));
        startTick = endTick;
        transmitRadians = compiler.transmitRadians();
        return run;
    }
}
