package org.isocenter.app.fx;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for what would hold the window up. They do not keep the program alive. */
public final class Background {
    private static final int THREADS = 3;

    private Background() {}

    /** A new pool; whoever makes it shuts it down. */
    public static ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "console-background-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A new pool with as many threads as are needed at once, for what waits for other machines. */
    public static ExecutorService network() {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "console-network");
            thread.setDaemon(true);
            return thread;
        });
    }
}
