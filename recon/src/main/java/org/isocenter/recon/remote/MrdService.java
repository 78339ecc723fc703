package org.isocenter.recon.remote;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;
import org.isocenter.recon.Reconstruction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reconstruction for other programs: takes scans as MRD streams over TCP and sends images back. Each connection brings one scan
 * and has a thread. There is no login and no encryption: whoever can reach the port can use it.
 */
public final class MrdService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MrdService.class);

    /** Of memory that the scans of all connections may take, as a part of all. */
    private static final int MEMORY_SHARE = 2;

    private final ServerSocketChannel listening;
    private final Settings settings;
    private final Semaphore places;
    private final Set<ServiceSession> sessions = ConcurrentHashMap.newKeySet();

    /**
     * @param reconstructions by what a client asks for, a name or a text; never null
     * @param connections at the same time; more are refused
     * @param silence how long a client may neither send nor take a byte
     * @param told one line per event, for people
     */
    public record Settings(
            Function<String, Reconstruction> reconstructions,
            int connections,
            Duration silence,
            Consumer<String> told) {}

    /** Listens from now on; {@link #serve} answers. */
    public MrdService(InetSocketAddress address, Settings settings) throws IOException {
        this.settings = settings;
        this.places = new Semaphore(settings.connections());
        this.listening = ServerSocketChannel.open();
        try {
            listening.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            listening.bind(address);
        } catch (IOException | RuntimeException e) {
            listening.close();
            throw e;
        }
    }

    /** Where it listens, with the port that the system gave when 0 was asked for. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listening.getLocalAddress();
    }

    /** Answers until it is closed. */
    public void serve() throws IOException {
        while (true) {
            SocketChannel channel;
            try {
                channel = listening.accept();
            } catch (AsynchronousCloseException e) {
                return;
            }
            answer(channel);
        }
    }

    private void answer(SocketChannel channel) throws IOException {
        boolean place = places.tryAcquire();
        long mostBytes = Runtime.getRuntime().maxMemory() / MEMORY_SHARE / settings.connections();
        ServiceSession session;
        try {
            session = new ServiceSession(channel, settings, mostBytes);
        } catch (IOException e) {
            LOG.info("a client was gone before it was answered", e);
            channel.close();
            if (place) {
                places.release();
            }
            return;
        }
        sessions.add(session);
        Thread thread = new Thread(
                () -> {
                    try (session) {
                        if (place) {
                            session.run();
                        } else {
                            session.refuse("all " + settings.connections() + " places are taken: come again later");
                        }
                    } catch (IOException e) {
                        LOG.info("a connection could not be closed", e);
                    } finally {
                        sessions.remove(session);
                        if (place) {
                            places.release();
                        }
                    }
                },
                "mrd-service");
        thread.setDaemon(true);
        thread.start();
    }

    /** Listens no more and ends the connections. */
    @Override
    public void close() throws IOException {
        listening.close();
        sessions.forEach(ServiceSession::cancel);
    }
}
