package org.isocenter.hardware.stream.device;

import org.isocenter.hardware.stream.Reason;
import org.isocenter.hardware.stream.TableHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/** What the device's converters, amplifiers and memory can do. Whatever is beyond them is refused before it can be played. */
final class OutputLimits {
    /** Samples of one window, per channel. */
    static final int LONGEST_WINDOW = 1 << 20;

    /** It remembers a little of each window. An hour of a thousand windows a second. */
    private static final int MOST_WINDOWS = 3_600_000;

    /** Values come as 32-bit numbers. */
    private static final double ROUNDING = 1e-6;

    private static final double FREQUENCY_ROUNDING = 1e-9;
    private static final EventChannel[] CHANNELS = EventChannel.values();

    private final SystemLimits limits;

    OutputLimits(SystemLimits limits) {
        this.limits = limits;
    }

    /** A table that is announced. */
    void check(TableHeader header) throws DeviceStop {
        same("clock", header.clockHertz(), limits.clockHertz());
        same("carrier", header.carrierHertz(), limits.larmorHertz());
        atMost("windows", header.windows(), MOST_WINDOWS);
        atMost("samples in a window", header.longestWindow(), LONGEST_WINDOW);
    }

    private static void atMost(String what, int asked, int own) throws DeviceStop {
        if (asked > own) {
            throw new DeviceStop(Reason.LIMIT, asked + " " + what + " were asked for, and this takes at most " + own);
        }
    }

    private static void same(String what, double asked, double own) throws DeviceStop {
        if (Math.abs(asked - own) > own * FREQUENCY_ROUNDING) {
            throw new DeviceStop(Reason.LIMIT, "a " + what + " of " + asked + " Hz was asked for, and this is " + own);
        }
    }

    /** A stretch of the table. */
    void check(EventChunk chunk, TableHeader header) throws DeviceStop {
        float gradient = (float) (limits.gradientHertzPerMeter() * (1 + ROUNDING));
        float rf = (float) (limits.rfPeakHertz() * (1 + ROUNDING));
        for (int i = 0; i < chunk.events(); i++) {
            float value = chunk.value()[i];
            boolean fits = switch (CHANNELS[chunk.channel()[i]]) {
                case TX_AMPLITUDE -> value >= 0 && value <= rf;
                case TX_GATE -> value == 0 || value == 1;
                case GX, GY, GZ -> Math.abs(value) <= gradient;
                default -> true;
            };
            if (!fits) {
                throw new DeviceStop(
                        Reason.LIMIT,
                        CHANNELS[chunk.channel()[i]] + " of " + value + " at tick " + chunk.tick()[i]
                                + " is beyond the limits");
            }
        }
        for (int row = 0; row < chunk.windows(); row++) {
            if (chunk.adcSamples()[row] > header.longestWindow()) {
                throw new DeviceStop(
                        Reason.TABLE,
                        "window " + chunk.adcIndex()[row] + " is longer than the table's longest, "
                                + header.longestWindow() + " samples");
            }
        }
    }
}
