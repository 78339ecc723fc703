package org.isocenter.hardware.stream;

/**
 * How a device is now.
 *
 * @param reason why it has stopped, or how its last table ended
 * @param interlocks bits of {@link StreamInterlock}s that have tripped and are not cleared
 * @param beat count of the last heartbeat that it heard
 * @param prepared share of what comes before the first event that is done, 0 to 1
 * @param queuedBytes of EVENTS payloads in its queue
 * @param tick played so far
 * @param temperaturesCelsius of its sensors; never changed
 * @param text for people
 */
public record DeviceStatus(
        DeviceState state,
        Reason reason,
        int interlocks,
        int beat,
        float prepared,
        long queuedBytes,
        long tick,
        float[] temperaturesCelsius,
        String text) {
    public void write(FrameWriter frame) {
        frame.begin(FrameType.STATUS)
                .u8(state.ordinal())
                .u8(reason.ordinal())
                .u8(temperaturesCelsius.length)
                .u8(0)
                .u32(interlocks)
                .u32(beat)
                .f32(prepared)
                .u64(queuedBytes)
                .u64(tick);
        for (float celsius : temperaturesCelsius) {
            frame.f32(celsius);
        }
        frame.text(text);
    }

    public static DeviceStatus read(Frame frame) throws FrameFormatException {
        DeviceState state = DeviceState.of(frame.u8());
        Reason reason = Reason.of(frame.u8());
        float[] temperatures = new float[frame.u8()];
        frame.skip(1);
        int interlocks = frame.u32();
        int beat = frame.u32();
        float prepared = frame.f32();
        long queued = frame.u64();
        long tick = frame.u64();
        for (int i = 0; i < temperatures.length; i++) {
            temperatures[i] = frame.f32();
        }
        return new DeviceStatus(state, reason, interlocks, beat, prepared, queued, tick, temperatures, frame.text());
    }
}
