package org.isocenter.session.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/** Ctrl-C while a command computes: the computation is told, and the program waits for it to clear up, but not for long. */
final class Interrupt implements AutoCloseable {
    private static final long MOST_SECONDS = 10;

    private final CountDownLatch clear = new CountDownLatch(1);
    private final Thread hook = new Thread(this::shutDown, "interrupt");
    private volatile boolean made;

    Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the program is told to end. Any thread. */
    boolean isMade() {
        return made;
    }

    private void shutDown() {
        made = true;
        try {
            clear.await(MOST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        clear.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LoggerFactory.getLogger(Interrupt.class).debug("the program ends already", e);
        }
    }
}
