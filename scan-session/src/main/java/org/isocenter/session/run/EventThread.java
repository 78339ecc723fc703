package org.isocenter.session.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers events in order on a thread of its own, so that a slow listener cannot hold up a scan. Any thread. */
final class EventThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventThread.class);

    private final List<Consumer<ScanEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> daemon(work, "scan-events"));

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    AutoCloseable subscribe(Consumer<ScanEvent> listener) {
        // A wrapper of its own, so that a listener that subscribed twice is removed once.
        Consumer<ScanEvent> entry = listener::accept;
        listeners.add(entry);
        return () -> listeners.remove(entry);
    }

    void publish(ScanEvent event) {
        thread.execute(() -> {
            for (Consumer<ScanEvent> listener : listeners) {
                try {
                    listener.accept(event);
                } catch (RuntimeException e) {
                    LOG.error(
                            "a listener failed on {} of scan {}",
                            event.getClass().getSimpleName(),
                            event.scanId(),
                            e);
                }
            }
        });
    }

    /** Delivers what is waiting, then ends. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("a listener of scan events does not return");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
