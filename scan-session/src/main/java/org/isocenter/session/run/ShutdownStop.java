package org.isocenter.session.run;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the scan under way when the program is told to end (SIGINT, SIGTERM, logout): makes the hardware safe, lets the journal
 * end and the images be made, but keeps the program no longer than a minute. The readouts are in the journal by then in any case.
 */
public final class ShutdownStop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownStop.class);
    private static final long MOST_SECONDS = 60;

    private final ScanSession session;
    private final Consumer<String> tell;
    private final Thread hook = new Thread(this::shutDown, "shutdown");

    /** @param tell is given one line for people, on the hook's thread, when a scan was stopped */
    public ShutdownStop(ScanSession session, Consumer<String> tell) {
        this.session = session;
        this.tell = tell;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void shutDown() {
        if (!session.state().isBusy()) {
            return;
        }
        LOG.info("the program is told to end: the scan is stopped");
        session.abort();
        Thread end = new Thread(this::awaitEnd, "shutdown-end");
        end.setDaemon(true);
        end.start();
        try {
            end.join(TimeUnit.SECONDS.toMillis(MOST_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            ScanResult result = session.awaitEnd();
            tell.accept("interrupted (" + result.directory() + "): the scanner is safe, the data so far are kept");
        } catch (ScanException e) {
            tell.accept(
                    e.kind() == ScanException.Kind.ABORTED
                            ? "interrupted: the scanner is safe; " + e.getMessage()
                            : "interrupted: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the program is ending already, so that the session and the archive are still needed. */
    public boolean isAtWork() {
        return hook.isAlive();
    }

    /** Takes the hook away again; without effect when it is at work. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOG.debug("the program ends already", e);
        }
    }
}
