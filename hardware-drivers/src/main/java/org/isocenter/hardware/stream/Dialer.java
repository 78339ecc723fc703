package org.isocenter.hardware.stream;

import java.io.IOException;
import org.isocenter.hardware.transport.Transport;

/** How a device is reached. */
interface Dialer {
    /** What people read: "192.168.1.7:5150", "/dev/ttyACM0". */
    String name();

    /** Opens a connection. The message of an exception says what to do. */
    Transport dial() throws IOException;

    /** Whether there can be a second connection at the same time. */
    boolean twice();

    /** Most bytes that may be on their way to the device, so that an abort behind them comes in time. */
    int mostUnderWay();

    /** Longest frame that the device may send, so that what is urgent does not wait long behind it. */
    int largestBack();
}
