package org.isocenter.app.worklist;

/** One question to the worklists, which can be given up whatever it waits for. Any thread. */
final class Question {
    private boolean cancelled; // guarded by this
    private Runnable abort = () -> {}; // guarded by this

    /** What ends the wait that begins now; called at once when it is given up already. */
    synchronized void abortWith(Runnable newAbort) {
        abort = newAbort;
        if (cancelled) {
            abort.run();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        abort.run();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }
}
