package org.isocenter.dicom.net;

import java.net.SocketTimeoutException;
import java.time.Duration;

/** A point in time by which something must have happened. */
record Deadline(long nanoTime) {
    static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Milliseconds that are left, at least 1. */
    int millisLeft() throws SocketTimeoutException {
        long nanos = nanoTime - System.nanoTime();
        if (nanos <= 0) {
            throw new SocketTimeoutException("time is up");
        }
        return (int) Math.min(Integer.MAX_VALUE, nanos / 1_000_000 + 1);
    }
}
