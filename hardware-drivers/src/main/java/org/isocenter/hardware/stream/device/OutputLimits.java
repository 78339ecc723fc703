package org.isocenter.hardware.stream.device;

import org.isocenter.hardware.stream.Reason;
import org.isocenter.hardware.stream.TableHeader;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.compile.EventChannel;
import org.isocenter.sequence.compile.EventChunk;

/** What the device's converters and amplifiers can do. Whatever is beyond them is refused before it can be played. */
final class OutputLimits {
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
