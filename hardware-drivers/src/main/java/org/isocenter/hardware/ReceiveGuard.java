package org.isocenter.hardware;

import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChunk;
import org.isocenter.sequence.compile.TimedEvents;

/** The ADC windows. */
final class ReceiveGuard {
    private static final String ADC = "ADC";

    private final TimedEvents events;
    private final GuardRefusal refusal;
    private final double mostOffsetHertz;
    private final long leastDwellTicks;
    private int windows;
    /** Until when the receiver is open, without the half sample by which rounded dwell times may drift. */
    private long openUntil;

    ReceiveGuard(TimedEvents events, SystemLimits limits, GuardRefusal refusal) {
        this.events = events;
        this.refusal = refusal;
        mostOffsetHertz = limits.maxFrequencyOffsetHertz();
        leastDwellTicks = Math.max(1, Math.round(limits.adcRasterSeconds() * events.clockHertz()));
    }

    void window(long tick, float value, EventChunk chunk) {
        int at = (int) value;
        if (at != value || at < 0 || at >= chunk.windows()) {
            throw refusal.wrong(tick, ADC, "there is no window " + value + " among " + chunk.windows());
        }
        int samples = chunk.adcSamples()[at];
        int dwell = chunk.adcDwellTicks()[at];
        double offset = chunk.adcFrequencyHertz()[at];
        if (chunk.adcIndex()[at] != windows) {
            throw refusal.wrong(tick, ADC, "window " + chunk.adcIndex()[at] + " where window " + windows + " is due");
        }
        if (samples < 1 || samples > events.maxSamplesPerWindow()) {
            throw refusal.above(tick, ADC, "window of", samples, events.maxSamplesPerWindow(), "samples");
        }
        if (dwell < leastDwellTicks) {
            throw refusal.below(tick, ADC, "dwell time of", dwell, leastDwellTicks, "ticks");
        }
        if (!(Math.abs(offset) <= mostOffsetHertz)) {
            throw refusal.above(tick, ADC, "frequency offset", Math.abs(offset), mostOffsetHertz, "Hz");
        }
        if (!Double.isFinite(chunk.adcPhaseRadians()[at])) {
            throw refusal.wrong(tick, ADC, chunk.adcPhaseRadians()[at] + " is no phase");
        }
        if (tick < openUntil) {
            throw refusal.wrong(tick, ADC, "a window opens before the last has closed");
        }
        windows++;
        openUntil = tick + (long) samples * dwell - dwell / 2 - 1;
        if (openUntil > events.durationTicks()) {
            throw refusal.wrong(tick, ADC, "a window of " + samples + " samples goes on beyond the end");
        }
    }

    /** The transmit gate opens. */
    void transmitting(long tick) {
        if (tick < openUntil) {
            throw refusal.wrong(tick, "TX_GATE", "the gate opens while the receiver is open");
        }
    }

    void ended(long tick) {
        if (windows != events.adcWindows()) {
            throw refusal.wrong(tick, ADC, windows + " windows where " + events.adcWindows() + " were announced");
        }
    }
}
