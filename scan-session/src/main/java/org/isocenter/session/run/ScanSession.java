package org.isocenter.session.run;

import java.util.function.Consumer;
import org.isocenter.session.archive.Archive;

/**
 * Runs scans, one at a time, from protocol to archive, on threads of its own. No call blocks. Any thread.
 */
public final class ScanSession implements AutoCloseable {

    public ScanSession(Archive archive) {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** Starts a scan and returns its id. Throws {@link IllegalStateException} when one is under way. */
    public String start(ScanRequest request) {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** Stops the scan under way, if any, at once. What was acquired is kept, reconstructed and archived. */
    public void abort() {
        throw new UnsupportedOperationException("scan-session helper");
    }

    public ScanState state() {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** From now on {@code listener} hears of every event, until the returned handle is closed. */
    public AutoCloseable subscribe(Consumer<ScanEvent> listener) {
        throw new UnsupportedOperationException("scan-session helper");
    }

    /** Aborts what runs, waits for the hardware to be safe and for the data to be on disk. */
    @Override
    public void close() {}
}
