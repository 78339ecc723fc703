package org.isocenter.sequence.library;

import org.isocenter.model.Protocol;
import org.isocenter.model.SystemLimits;
import org.isocenter.sequence.design.LineOrder;
import org.isocenter.sequence.design.LineSampling;

/** What a protocol's parameters say of the lines to measure; a parameter that it does not have leaves nothing out. */
final class Sampling {
    private Sampling() {}

    /** Blames the acceleration when the scanner's coils cannot make up for it. */
    static LineSampling of(Protocol protocol, SystemLimits limits, Volume volume, Problems problems) {
        LineSampling sampling = LineSampling.partial(volume.lines(), volume.partitions(), share(protocol));
        int accelPhase = count(protocol, "accelPhase", 1);
        int accelSlice = count(protocol, "accelSlice", 1);
        atMostChannels("accelPhase", accelPhase, 1, limits, problems);
        atMostChannels("accelSlice", accelSlice, accelPhase, limits, problems);
        return sampling.accelerated(accelPhase, accelSlice, count(protocol, "calibrationLines", 0));
    }

    /** The order along phase that a protocol's {@code viewOrder} names. */
    static LineOrder order(Protocol protocol) {
        return LineOrder.values()[protocol.count("viewOrder")];
    }

    private static void atMostChannels(
            String parameter, int factor, int others, SystemLimits limits, Problems problems) {
        int channels = Math.max(1, limits.receiveChannels());
        if (factor > 1 && factor * others > channels) {
            int most = Math.max(1, channels / others);
            problems.add(
                    parameter,
                    parameter + " must be ≤ " + most + ": undersampling is undone by as many receive channels, and"
                            + " this scanner has " + channels,
                    most);
        }
    }

    private static double share(Protocol protocol) {
        return protocol.has("partialFourier") ? protocol.number("partialFourier") : 1;
    }

    private static int count(Protocol protocol, String parameter, int otherwise) {
        return protocol.has(parameter) ? protocol.count(parameter) : otherwise;
    }
}
