package org.isocenter.hardware;

import org.isocenter.model.SystemLimits;

/**
 * Amplitude and slew of one gradient axis, of events that hold each value for a raster: on a ramp at the slew limit each step is
 * as large as the ramp makes in one raster. What a sequence may do besides, a jump where blocks join, is allowed for: one in a
 * step, and {@value #JOINS} that run into one another.
 */
final class GradientGuard {
    /** As the check of a sequence: what Pulseq files round. */
    static final double TOLERANCE = 1e-3;

    /** The largest jump that a sequence may have is what the slew limit makes in this time, or in a raster if that is shorter. */
    private static final double JUMP_SECONDS = 10e-6;

    private static final int JOINS = 4;

    private final String channel;
    private final GuardRefusal refusal;
    private final double most;
    private final double slew;
    private final double mostPerTick;
    private final double mostStep;
    private final double mostPent;
    private final double rasterSeconds;
    private final double tickSeconds;
    private final long spacingTicks;
    private double now;
    private long lastTick;
    private boolean moved;
    /** How far the steps of late are ahead of the slew limit. */
    private double pent;

    GradientGuard(String channel, SystemLimits limits, double rasterSeconds, double clockHertz, GuardRefusal refusal) {
        this.channel = channel;
        this.refusal = refusal;
        this.rasterSeconds = rasterSeconds;
        tickSeconds = 1 / clockHertz;
        most = limits.gradientHertzPerMeter();
        slew = limits.slewHertzPerMeterPerSecond();
        mostPerTick = slew * (1 + TOLERANCE) * tickSeconds;
        double raster = slew * rasterSeconds;
        double jump = slew * Math.min(rasterSeconds, JUMP_SECONDS);
        // Values are single precision, so that a small step between large values may be off a little.
        double rounding = most * 1e-6;
        mostStep = (raster + jump) * (1 + TOLERANCE) + rounding;
        mostPent = (raster + JOINS * jump) * (1 + TOLERANCE) + rounding;
        spacingTicks =
                Math.round(Math.min(limits.gradientRasterSeconds(), limits.blockRasterSeconds()) * clockHertz) - 1;
    }

    void step(long tick, float value) {
        if (!(Math.abs(value) <= most * (1 + TOLERANCE))) {
            throw refusal.above(tick, channel, "gradient", Math.abs(value), most, "Hz/m");
        }
        double step = Math.abs(value - now);
        if (step > mostStep) {
            throw refusal.above(tick, channel, "slew rate", step / rasterSeconds, slew, "Hz/m/s");
        }
        long since = tick - lastTick;
        if (moved && value != 0 && since < spacingTicks) {
            throw refusal.below(
                    tick,
                    channel,
                    "time since the last step",
                    since * tickSeconds,
                    (spacingTicks + 1) * tickSeconds,
                    "s");
        }
        pent = Math.max(0, pent - since * mostPerTick) + step;
        if (pent > mostPent) {
            throw refusal.above(tick, channel, "slew rate over several steps", slew * pent / mostPent, slew, "Hz/m/s");
        }
        now = value;
        lastTick = tick;
        moved |= value != 0;
    }

    void ended(long tick) {
        if (now != 0) {
            throw refusal.above(tick, channel, "gradient at the end", Math.abs(now), 0, "Hz/m");
        }
    }
}
