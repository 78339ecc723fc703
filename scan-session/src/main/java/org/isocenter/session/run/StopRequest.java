package org.isocenter.session.run;

import java.util.concurrent.atomic.AtomicReference;

/** Whether one scan is to stop, and why if no person said so. Any thread. */
final class StopRequest {
    private final AtomicReference<ScanException> cause = new AtomicReference<>();
    private volatile boolean made;

    /** A person, or the program's end, wants it. */
    void make() {
        made = true;
    }

    /** Something has gone wrong; the first such cause is the one that is told. */
    void because(ScanException reason) {
        cause.compareAndSet(null, reason);
        made = true;
    }

    boolean isMade() {
        return made;
    }

    /** The scanner says whether it was stopped: a request that came too late was none. */
    void settle(boolean stopped) {
        made = stopped;
    }

    void throwCause() throws ScanException {
        if (cause.get() != null) {
            throw cause.get();
        }
    }

    /** The cause, if one came first, else this error. */
    ScanException orFirst(ScanException error) {
        ScanException earlier = cause.get();
        if (earlier == null) {
            return error;
        }
        if (earlier != error) {
            earlier.addSuppressed(error);
        }
        return earlier;
    }
}
