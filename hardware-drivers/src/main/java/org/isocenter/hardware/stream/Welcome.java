package org.isocenter.hardware.stream;

import java.util.Set;

/**
 * What a device is, and how a session begins.
 *
 * @param resumed whether the session goes on
 * @param receivers receive channels
 * @param next number of the numbered frame that it expects next
 * @param largest longest frame that it takes, in bytes
 * @param window bytes of numbered frames that may be on their way to it
 * @param deadManMillis without a heartbeat until it makes itself safe
 * @param queueBytes of EVENTS payloads that its empty queue holds
 * @param token for the second connection
 * @param interlocks bits of those that it can tell
 */
public record Welcome(
        int version,
        Set<Capability> capabilities,
        DeviceState state,
        Reason reason,
        boolean resumed,
        int receivers,
        int next,
        int largest,
        int window,
        int deadManMillis,
        long queueBytes,
        long token,
        DeviceLimits limits,
        int interlocks,
        String name,
        String firmware,
        String serialNumber) {
    static final int LEAST_LARGEST = 256;

    public void write(FrameWriter frame) {
        frame.begin(FrameType.WELCOME)
                .u16(version)
                .u16(Capability.bits(capabilities))
                .u8(state.ordinal())
                .u8(reason.ordinal())
                .u8(resumed ? 1 : 0)
                .u8(receivers)
                .u32(next)
                .u32(largest)
                .u32(window)
                .u32(deadManMillis)
                .u64(queueBytes)
                .u64(token);
        limits.write(frame);
        frame.u32(interlocks).shortText(name).shortText(firmware).shortText(serialNumber);
    }

    public static Welcome read(Frame frame) throws FrameFormatException {
        Welcome welcome = new Welcome(
                frame.u16(),
                Capability.of(frame.u16()),
                DeviceState.of(frame.u8()),
                Reason.of(frame.u8()),
                frame.u8() == 1,
                frame.u8(),
                frame.u32(),
                frame.count(),
                frame.count(),
                frame.count(),
                frame.u64(),
                frame.u64(),
                DeviceLimits.read(frame),
                frame.u32(),
                frame.shortText(),
                frame.shortText(),
                frame.shortText());
        welcome.check();
        return welcome;
    }

    private void check() throws FrameFormatException {
        if (version != Hello.VERSION) {
            throw new FrameFormatException(
                    "the device answers with version " + version + " of the protocol: expected " + Hello.VERSION);
        }
        within("receive channels", receivers, 1, 255);
        within("largest frame", largest, LEAST_LARGEST, 1 << 24);
        within("window", window, largest, 1 << 28);
        within("dead-man time", deadManMillis, 100, 5000);
        within("queue", queueBytes, largest, Long.MAX_VALUE);
    }

    private static void within(String what, long value, long least, long most) throws FrameFormatException {
        if (value < least || value > most) {
            throw new FrameFormatException(
                    "the device tells a " + what + " of " + value + ": expected " + least + " to " + most);
        }
    }

    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
