package org.isocenter.dicom.net;

/** Ends what one thread waits for, one wait after the other, from any other thread. It is used once. */
public final class AbortSwitch {
    private Runnable end = () -> {};
    private boolean aborted;

    /** From now on this ends the wait; at once when the switch was used before. */
    public void endsBy(Runnable newEnd) {
        synchronized (this) {
            end = newEnd;
            if (!aborted) {
                return;
            }
        }
        newEnd.run();
    }

    /** Ends the wait that is, and each that follows. */
    public void abort() {
        Runnable now;
        synchronized (this) {
            aborted = true;
            now = end;
        }
        now.run();
    }

    /** Whether it was used. */
    public synchronized boolean isAborted() {
        return aborted;
    }
}
