package org.isocenter.hardware;

import java.util.Arrays;
import org.isocenter.sequence.compile.EventChannel;

/** Spacing of events, length of pulses and dwell times against what the device's sequencer can do. */
final class SequencerGuard {
    private static final EventChannel[] CHANNELS = EventChannel.values();
    private static final int GATE = EventChannel.TX_GATE.ordinal();
    private static final int ADC = EventChannel.ADC.ordinal();

    private final SequencerLimits limits;
    private final double clockHertz;
    private final long durationTicks;
    private final long mostOpenTicks;
    private final GuardRefusal refusal;
    private final long[] last = new long[CHANNELS.length];
    private long openedTick = Long.MAX_VALUE;

    SequencerGuard(SequencerLimits limits, double clockHertz, long durationTicks, GuardRefusal refusal) {
        this.limits = limits;
        this.clockHertz = clockHertz;
        this.durationTicks = durationTicks;
        this.refusal = refusal;
        mostOpenTicks = limits.longestPulseSeconds() == 0
                ? Long.MAX_VALUE
                : (long) Math.ceil(limits.longestPulseSeconds() * clockHertz);
        Arrays.fill(last, -limits.shortestStepTicks());
    }

    void event(long tick, int channel, float value) {
        if (channel != ADC) {
            step(tick, channel);
        }
        if (channel == GATE) {
            passed(tick);
            openedTick = value == 0 ? Long.MAX_VALUE : tick;
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

    void window(long tick, int dwellTicks) {
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
    void passed(long tick) {
        if (openedTick < tick && tick - openedTick > mostOpenTicks) {
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
