package org.isocenter.hardware;

import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/**
 * Goes through events once, before a device is told of them, and compares the spacing of events, the length of pulses and dwell
 * times with what its sequencer can do: a sequence is not checked for these, since they are of the device and not of the scanner.
 * One thread.
 */
public final class SequencerCheck {
    private static final EventChannel[] CHANNELS = EventChannel.values();
    private static final int GATE = EventChannel.TX_GATE.ordinal();
    private static final int ADC = EventChannel.ADC.ordinal();

    private final Iterator<EventChunk> chunks;
    private final SequencerLimits limits;
    private final double clockHertz;
    private final long durationTicks;
    private final double mostOpenTicks;
    private final GuardRefusal refusal;
    private final long[] last = new long[CHANNELS.length];
    private boolean open;
    private long openedTick;

    /** @param device as messages name it */
    public SequencerCheck(TimedEvents events, SequencerLimits limits, String device) {
        this.limits = limits;
        chunks = limits.equals(SequencerLimits.NONE) ? Collections.emptyIterator() : events.chunks();
        clockHertz = events.clockHertz();
        durationTicks = events.durationTicks();
        refusal = new GuardRefusal(device, clockHertz);
        mostOpenTicks = limits.longestPulseSeconds() == 0
                ? Double.POSITIVE_INFINITY
                : Math.ceil(limits.longestPulseSeconds() * clockHertz);
        Arrays.fill(last, -limits.shortestStepTicks());
    }

    /**
     * Looks at the next stretch.
     *
     * @return share of all that has been looked at; 1 when that is all
     * @throws UncheckedScannerException with a REFUSED inside that names time, channel, value and limit
     */
    public double next() {
        if (!chunks.hasNext()) {
            return 1;
        }
        EventChunk chunk = chunks.next();
        for (int i = 0; i < chunk.events(); i++) {
            event(chunk.tick()[i], chunk.channel()[i], chunk.value()[i], chunk);
        }
        passed(chunk.endTick());
        return chunks.hasNext() ? chunk.endTick() / (double) durationTicks : 1;
    }

    private void event(long tick, int channel, float value, EventChunk chunk) {
        if (channel == ADC) {
            window(tick, chunk.adcDwellTicks()[(int) value]);
            return;
        }
        step(tick, channel);
        if (channel == GATE) {
            passed(tick);
            open = value != 0;
            openedTick = tick;
        }
    }

    private void step(long tick, int channel) {
        long since = tick - last[channel];
        if (since < limits.shortestStepTicks() && tick > 0 && tick < durationTicks) {
            throw refusal.below(
                    tick,
                    CHANNELS[channel].name(),
                    "time since the last step",
                    since / clockHertz,
                    limits.shortestStepTicks() / clockHertz,
                    "s, which is the device's shortest: use a coarser raster");
        }
        last[channel] = tick;
    }

    private void window(long tick, int dwellTicks) {
        if (dwellTicks < limits.shortestDwellTicks()) {
            throw refusal.below(
                    tick,
                    CHANNELS[ADC].name(),
                    "dwell time",
                    dwellTicks / clockHertz,
                    limits.shortestDwellTicks() / clockHertz,
                    "s, which is the device's shortest: use a smaller bandwidth");
        }
    }

    /** Nothing has changed until this tick. */
    private void passed(long tick) {
        if (open && tick - openedTick > mostOpenTicks) {
            throw refusal.above(
                    tick,
                    CHANNELS[GATE].name(),
                    "open for",
                    (tick - openedTick) / clockHertz,
                    limits.longestPulseSeconds(),
                    "s, which is the device's longest: use shorter pulses");
        }
    }
}
