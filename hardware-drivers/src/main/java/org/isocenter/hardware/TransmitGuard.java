package org.isocenter.hardware;

import org.isocenter.model.SystemLimits;

/** The transmitter and its gate. */
final class TransmitGuard {
    private static final String AMPLITUDE = "TX_AMPLITUDE";
    private static final String PHASE = "TX_PHASE";
    private static final String GATE = "TX_GATE";

    private final GuardRefusal refusal;
    private final RfDuty duty;
    private final double clockHertz;
    private final double most;
    private final double mostDuty;
    private final long deadTicks;
    private final long ringdownTicks;
    private final long adcDeadTicks;
    private final long mostOpenTicks;
    private final long spacingTicks;
    private boolean open;
    private long gateTick;
    private float amplitude;
    private long silentTick;
    private long amplitudeTick = Long.MIN_VALUE / 2;
    private long phaseTick = Long.MIN_VALUE / 2;

    TransmitGuard(SystemLimits limits, double clockHertz, GuardRefusal refusal) {
        this.refusal = refusal;
        this.clockHertz = clockHertz;
        most = limits.rfPeakHertz();
        mostDuty = limits.rfDutyFraction();
        duty = new RfDuty(clockHertz);
        // Times are rounded to ticks one by one: a tick may be missing between two.
        deadTicks = Math.round(limits.rfDeadSeconds() * clockHertz) - 1;
        ringdownTicks = Math.round(limits.rfRingdownSeconds() * clockHertz) - 1;
        adcDeadTicks = Math.round(limits.adcDeadSeconds() * clockHertz) - 1;
        spacingTicks = Math.round(limits.rfRasterSeconds() * clockHertz) - 1;
        double pulse = mostDuty < 1 ? mostDuty : Double.POSITIVE_INFINITY;
        mostOpenTicks = Math.round((pulse + limits.rfDeadSeconds() + limits.rfRingdownSeconds()) * clockHertz);
    }

    void amplitude(long tick, float value) {
        if (!(value >= 0 && value <= most * (1 + GradientGuard.TOLERANCE))) {
            throw refusal.above(tick, AMPLITUDE, "RF", value, most, "Hz");
        }
        passed(tick);
        if (value == 0) {
            silentTick = amplitude == 0 ? silentTick : tick;
            amplitude = 0;
            return;
        }
        if (!open) {
            throw refusal.wrong(tick, AMPLITUDE, "RF of " + value + " Hz while the transmit gate is closed");
        }
        if (tick - gateTick < deadTicks) {
            throw refusal.below(
                    tick,
                    AMPLITUDE,
                    "time since the gate opened",
                    seconds(tick - gateTick),
                    seconds(deadTicks + 1),
                    "s");
        }
        spaced(tick, amplitudeTick, AMPLITUDE);
        amplitude = value;
        amplitudeTick = tick;
    }

    void phase(long tick, float value) {
        if (!Float.isFinite(value)) {
            throw refusal.wrong(tick, PHASE, value + " is no phase");
        }
        if (value != 0) {
            spaced(tick, phaseTick, PHASE);
            phaseTick = tick;
        }
    }

    private void spaced(long tick, long before, String channel) {
        if (tick - before < spacingTicks) {
            throw refusal.below(
                    tick, channel, "time since the last step", seconds(tick - before), seconds(spacingTicks + 1), "s");
        }
    }

    void gate(long tick, float value) {
        passed(tick);
        if (value == 1) {
            if (open) {
                throw refusal.wrong(
                        tick, GATE, "the gate opens though it is open: it was not closed after the last pulse");
            }
            gateTick = tick;
            open = true;
        } else if (value != 0) {
            throw refusal.wrong(tick, GATE, value + " is neither open (1) nor closed (0)");
        } else if (open) {
            if (amplitude != 0) {
                throw refusal.wrong(tick, GATE, "the gate closes while RF is " + amplitude + " Hz");
            }
            if (amplitudeTick >= gateTick && tick - silentTick < ringdownTicks) {
                throw refusal.below(
                        tick,
                        GATE,
                        "time since the last RF",
                        seconds(tick - silentTick),
                        seconds(ringdownTicks + 1),
                        "s");
            }
            open = false;
            gateTick = tick;
        }
    }

    /** The receiver opens. */
    void listening(long tick) {
        if (open) {
            throw refusal.wrong(tick, "ADC", "the receiver opens while the transmit gate is open");
        }
        if (amplitudeTick >= 0 && tick - gateTick < adcDeadTicks) {
            throw refusal.below(
                    tick,
                    "ADC",
                    "time since the gate closed",
                    seconds(tick - gateTick),
                    seconds(adcDeadTicks + 1),
                    "s");
        }
    }

    /** Nothing has changed until this tick. */
    void passed(long tick) {
        if (open && tick - gateTick > mostOpenTicks) {
            throw refusal.above(tick, GATE, "open for", seconds(tick - gateTick), seconds(mostOpenTicks), "s");
        }
        if (!duty.passed(tick, amplitude != 0, mostDuty)) {
            throw refusal.above(tick, AMPLITUDE, "RF duty over a second of", duty.share(), mostDuty, "of the time");
        }
    }

    void ended(long tick) {
        if (amplitude != 0 || open) {
            throw refusal.wrong(
                    tick,
                    GATE,
                    "RF of " + amplitude + " Hz and a gate that is " + (open ? "open" : "closed") + " at the end");
        }
    }

    private double seconds(long ticks) {
        return ticks / clockHertz;
    }
}
