package org.isocenter.hardware.stream.device;

/**
 * How an emulated device is built.
 *
 * @param name what it calls itself
 * @param deadManMillis without a heartbeat until it makes itself safe, 100 to 5000
 * @param largest longest frame that it takes, in bytes
 * @param window bytes of numbered frames that may be on their way to it
 * @param queueBytes of EVENTS payloads that it has room for
 * @param realPace whether it plays by the clock on the wall, so that events can come too late
 * @param demodulates whether it turns samples by the frequency and phase of their window, or leaves that to the host
 */
record DeviceSettings(
        String name,
        int deadManMillis,
        int largest,
        int window,
        long queueBytes,
        boolean realPace,
        boolean demodulates) {}
