package org.isocenter.hardware.serial;

import com.fazecast.jSerialComm.SerialPort;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Which ports this program has open: one port is opened once only, and on the way out the library waits until drivers have sent
 * their last words, because it would else close all ports in a shutdown hook that runs at the same time as theirs. For the whole
 * program, as is what it guards.
 */
final class OpenPorts {
    private static final long LAST_WORDS_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Set<String> OPEN = new HashSet<>();

    static {
        SerialPort.addShutdownHook(new Thread(OpenPorts::awaitNone, "serial ports at exit"));
    }

    private OpenPorts() {}

    /** Throws when this program has it open already. */
    static void add(String path) throws IOException {
        synchronized (OPEN) {
            if (!OPEN.add(path)) {
                throw new IOException(path + " is open in this program already");
            }
        }
    }

    static void remove(String path) {
        synchronized (OPEN) {
            OPEN.remove(path);
            OPEN.notifyAll();
        }
    }

    private static void awaitNone() {
        long begin = System.nanoTime();
        synchronized (OPEN) {
            while (!OPEN.isEmpty()) {
                long left = LAST_WORDS_NANOS - (System.nanoTime() - begin);
                if (left <= 0) {
                    return;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(OPEN, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
