package org.isocenter.hardware.stream;

/** Where a device stands; its number on the line is the ordinal. */
public enum DeviceState {
    IDLE,
    ARMED,
    RUNNING,
    STOPPED,
    INTERLOCK;

    private static final DeviceState[] ALL = values();

    static DeviceState of(int number) throws FrameFormatException {
        if (number >= ALL.length) {
            throw new FrameFormatException("the device tells an unknown state, " + number);
        }
        return ALL[number];
    }
}
