package org.isocenter.hardware.stream;

import org.isocenter.sequence.compile.TimedEvents;

/** What ARM says of the table that follows. In the units of {@link TimedEvents}. */
public record TableHeader(
        double clockHertz, double carrierHertz, long durationTicks, int windows, int longestWindow, long samples) {
    static TableHeader of(TimedEvents table, double carrierHertz) {
        return new TableHeader(
                table.clockHertz(),
                carrierHertz,
                table.durationTicks(),
                table.adcWindows(),
                table.maxSamplesPerWindow(),
                table.adcSamples());
    }

    public void write(FrameWriter frame) {
        frame.begin(FrameType.ARM)
                .f64(clockHertz)
                .f64(carrierHertz)
                .u64(durationTicks)
                .u32(windows)
                .u32(longestWindow)
                .u64(samples);
    }

    public static TableHeader read(Frame frame) throws FrameFormatException {
        TableHeader header =
                new TableHeader(frame.f64(), frame.f64(), frame.u64(), frame.count(), frame.count(), frame.u64());
        if (!(header.clockHertz > 0 && header.clockHertz <= 1e12)
                || !(Math.abs(header.carrierHertz) <= 1e12)
                || header.durationTicks < 0
                || header.samples < 0
                || header.samples > (long) header.windows * header.longestWindow) {
            throw new FrameFormatException("an ARM frame contradicts itself: " + header);
        }
        return header;
    }
}
