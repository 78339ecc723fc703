package org.isocenter.hardware.instrument;

import java.io.IOException;
import org.isocenter.hardware.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A link whose instrument is closed when the program ends without having closed it, by Ctrl-C for example. */
final class ClosedAtExit implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(ClosedAtExit.class);
    private final Transport link;
    private Thread atExit;

    ClosedAtExit(Transport link) {
        this.link = link;
    }

    /** From now on until the link is closed. */
    synchronized void guard(Instrument instrument) {
        atExit = new Thread(instrument::close, "close " + link.name());
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public String name() {
        return link.name();
    }

    @Override
    public int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        return link.read(buffer, offset, length, timeoutMillis);
    }

    @Override
    public void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        link.write(buffer, offset, length, timeoutMillis);
    }

    @Override
    public void close() {
        link.close();
        synchronized (this) {
            if (atExit != null) {
                try {
                    Runtime.getRuntime().removeShutdownHook(atExit);
                } catch (IllegalStateException e) {
                    LOG.debug("{} was closed at the program's end", link.name());
                }
                atExit = null;
            }
        }
    }
}
