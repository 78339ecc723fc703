package org.isocenter.app.instrument;

import java.util.function.DoubleConsumer;

/** How one piece of work goes. Any thread. */
final class Course {
    private final DoubleConsumer progress;
    private Thread worker; // guarded by this
    private boolean cancelled; // guarded by this

    /** @param progress told shares of the work from 0 to 1, on the thread that works */
    Course(DoubleConsumer progress) {
        this.progress = progress;
    }

    void progress(double share) {
        progress.accept(share);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Ends waits of the work, if it is under way, and asks it not to begin another. */
    synchronized void cancel() {
        cancelled = true;
        if (worker != null) {
            worker.interrupt();
        }
    }

    <T> T run(Work<T> work) throws Exception {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try {
            return work.run(this);
        } finally {
            synchronized (this) {
                worker = null;
                Thread.interrupted(); // meant for this work only
            }
        }
    }
}
