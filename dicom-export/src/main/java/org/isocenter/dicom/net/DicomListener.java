package org.isocenter.dicom.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes associations from configured peers and serves them, each on a thread of its own, until it is closed. Whoever is not
 * configured is rejected as the standard says; more connections than a bound are closed unheard.
 */
public final class DicomListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DicomListener.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ListenerSettings listening;
    private final NetSettings settings;
    private final Services services;
    private final TlsSockets tls;
    private final ServerSocket server;
    private final Semaphore associations;
    /** Connections, of which some are not associations yet: so the slow ones do not keep out the others. */
    private final Semaphore connections;

    private final Set<UpperLayer> open = ConcurrentHashMap.newKeySet();

    private DicomListener(ListenerSettings listening, NetSettings settings, Services services, TlsSockets tls)
            throws IOException {
        this.listening = listening;
        this.settings = settings;
        this.services = services;
        this.tls = tls;
        this.server = new ServerSocket(listening.port());
        this.associations = new Semaphore(listening.maxAssociations());
        this.connections = new Semaphore(2 * listening.maxAssociations() + 8);
    }

    /**
     * Starts to listen.
     *
     * @throws IOException when the port is taken, or the certificate cannot be read
     */
    public static DicomListener open(ListenerSettings listening, NetSettings settings, Services services)
            throws IOException {
        TlsSockets tls =
                listening.tls().isPresent() ? TlsSockets.of(listening.tls().get()) : null;
        DicomListener listener = new DicomListener(listening, settings, services, tls);
        start("dicom-listener", listener::acceptAll);
        return listener;
    }

    /** The port that it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (connections.tryAcquire()) {
                    start("dicom-association", () -> serve(socket));
                } else {
                    LOG.warn("closed a connection from {}: too many are open", socket.getInetAddress());
                    socket.close();
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    LOG.warn("could not take a connection", e);
                    // Out of file handles, say: asking at once again would only fill the log.
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    private void serve(Socket socket) {
        Places places = new Places();
        try (socket) {
            Connection connection =
                    tls == null ? new Connection(socket, socket) : tls.accept(socket, settings.connectTimeout());
            UpperLayer layer = new UpperLayer(
                    connection, settings, false, socket.getInetAddress().getHostAddress());
            open.add(layer);
            try {
                serve(layer, places);
            } finally {
                open.remove(layer);
                layer.abort();
            }
        } catch (IOException e) {
            LOG.warn("an association ended: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("an association ended by a fault of ours", e);
        } finally {
            places.giveBack();
            connections.release();
        }
    }

    private void serve(UpperLayer layer, Places places) throws DicomNetException {
        // Closed meanwhile: nobody would abort it.
        if (server.isClosed()) {
            return;
        }
        Association association = Acceptor.accept(layer, settings, services, places);
        if (association != null) {
            association.serveAll();
        }
    }

    /** One connection's claim on the places for associations. */
    private final class Places implements Acceptor.Policy {
        private boolean taken;

        @Override
        public boolean knows(String aeTitle, InetAddress address) {
            return listening.peers().stream().anyMatch(peer -> peer.aeTitle().equals(aeTitle) && isHost(peer, address));
        }

        @Override
        public boolean takePlace() {
            taken = associations.tryAcquire();
            return taken;
        }

        private void giveBack() {
            if (taken) {
                associations.release();
            }
        }
    }

    private static boolean isHost(Peer peer, InetAddress address) {
        try {
            return List.of(InetAddress.getAllByName(peer.host())).contains(address);
        } catch (UnknownHostException e) {
            LOG.warn("the host of {} is not known", peer);
            return false;
        }
    }

    /** Stops listening and aborts what is open. */
    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("could not stop listening", e);
        }
        open.forEach(UpperLayer::abort);
    }
}
