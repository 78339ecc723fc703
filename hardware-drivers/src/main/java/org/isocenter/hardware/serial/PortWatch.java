package org.isocenter.hardware.serial;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells when serial ports come and go. */
public final class PortWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PortWatch.class);
    private static final long PERIOD_MILLIS = 1000;

    /** Called on the watch's own thread. */
    public interface Listener {
        void plugged(SerialPortInfo port);

        void unplugged(SerialPortInfo port);
    }

    /** Where the list comes from. */
    @FunctionalInterface
    interface Source {
        List<SerialPortInfo> list() throws IOException;
    }

    private final Source source;
    private final Listener listener;
    private final ScheduledExecutorService timer;
    private List<SerialPortInfo> known;

    /** @param known what the listener need not be told of */
    PortWatch(Source source, List<SerialPortInfo> known, Listener listener) {
        this.source = source;
        this.known = known;
        this.listener = listener;
        timer = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "serial port watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Looks once a second from now on. The listener is told of changes to this list:
     *
     * @param known what was there when the caller looked, e.g. {@link SerialPorts#list}
     */
    public static PortWatch start(List<SerialPortInfo> known, Listener listener) {
        PortWatch watch = new PortWatch(SerialPorts::list, List.copyOf(known), listener);
        watch.timer.scheduleWithFixedDelay(watch::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    void look() {
        List<SerialPortInfo> now;
        try {
            now = source.list();
        } catch (IOException e) {
            LOG.warn("serial ports could not be listed", e);
            return;
        }
        List<SerialPortInfo> gone = new ArrayList<>(known);
        gone.removeAll(now);
        List<SerialPortInfo> come = new ArrayList<>(now);
        come.removeAll(known);
        known = now;
        gone.forEach(listener::unplugged);
        come.forEach(listener::plugged);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
