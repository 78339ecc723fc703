package org.isocenter.hardware.stream;

import java.io.Closeable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.isocenter.hardware.ScannerException;
import org.isocenter.hardware.ScannerException.Kind;

/**
 * The heartbeats of a link, the watch over a device that falls silent, and the abort, which is repeated with every heartbeat until
 * the device says that it is safe. Any thread; nothing here waits, but for {@link #endAbort}.
 */
final class Heart implements Closeable {
    private static final int GRACE_MILLIS = 1000;
    private static final int BEATS_IN_DEAD_MAN_TIME = 5;

    private final DeviceLink link;
    private final Line line;
    private final Thread thread;
    private final FrameWriter beat = new FrameWriter(64);
    /** For heartbeats and aborts; null when there is no second connection. */
    private volatile Line beside;

    private volatile boolean closed;
    private boolean abortWanted;
    private int beats;

    Heart(DeviceLink link, Line line) {
        this.link = link;
        this.line = line;
        thread = new Thread(this::run, "event stream heart");
        thread.setDaemon(true);
    }

    /** The second connection is there. */
    void beside(Line second) {
        beside = second;
    }

    /** From now on, when the device has said what it is. */
    void start() {
        thread.start();
    }

    /** Sends a heartbeat; its count. */
    synchronized int beat() {
        beats++;
        (beside != null ? beside : line).send(beat.begin(FrameType.HEARTBEAT).u32(beats), link.session());
        return beats;
    }

    /** Makes the device safe, again and again until it says that it is. */
    synchronized void abort() {
        abortWanted = true;
        zeros();
    }

    /** What the device says of itself has changed, or it is time: the abort goes out again if it is wanted still. */
    synchronized void abortAgain() {
        if (abortWanted && !link.knownSafe()) {
            zeros();
        }
    }

    private void zeros() {
        if (beside != null) {
            beside.abort();
        }
        line.abort();
    }

    /**
     * Ends an abort, if one is under way: waits until the device has read all its zeros. Nothing orders what goes over two
     * connections, so that some could otherwise stop the table that comes next.
     *
     * @return false when the device does not say so in time, or the link has failed
     */
    boolean endAbort(long millis) {
        int last;
        synchronized (this) {
            if (!abortWanted) {
                return true;
            }
            abortWanted = false;
            last = beat();
        }
        try {
            return link.usable() && link.await(() -> link.hasHeard(last), millis);
        } catch (ScannerException e) {
            return false;
        }
    }

    private void run() {
        long interval = TimeUnit.MILLISECONDS.toNanos(link.welcome().deadManMillis()) / BEATS_IN_DEAD_MAN_TIME;
        while (!closed) {
            beat();
            abortAgain();
            // An ACK again, in case that the last one was damaged.
            link.exchange().grant(0);
            watch();
            LockSupport.parkNanos(interval);
        }
    }

    private void watch() {
        long silentMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - heardNanos());
        if (silentMillis > link.welcome().deadManMillis() + GRACE_MILLIS) {
            fail("the device has said nothing for " + silentMillis + " ms");
        } else if (line.stuck()) {
            fail("the device acknowledges nothing of what it is sent");
        }
    }

    /** A device that plays acknowledges on the first connection all the time, whatever it says on the second. */
    private long heardNanos() {
        Line second = beside;
        if (second == null) {
            return line.heardNanos();
        }
        return link.knownSafe() ? second.heardNanos() : Math.min(line.heardNanos(), second.heardNanos());
    }

    private void fail(String why) {
        link.fail(new ScannerException(Kind.TIMEOUT, link.device(), why));
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
