package org.isocenter.hardware.transport;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** Waits for TCP connections on one address of this computer, and on no other. One thread accepts; any thread closes. */
public final class TcpListener implements Closeable {
    private final ServerSocketChannel channel;
    private final Selector selector;
    private final String host;
    private final int port;

    private TcpListener(ServerSocketChannel channel, String host) throws IOException {
        this.channel = channel;
        this.host = host;
        port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        selector = Selector.open();
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any that is free
     * @throws IOException when the address is not this computer's, or the port is in use
     */
    public static TcpListener open(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(host + ": there is no host of this name");
        }
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.bind(address);
            return new TcpListener(channel, host);
        } catch (IOException e) {
            channel.close();
            throw new IOException(TcpTransport.name(host, port) + ": " + e.getMessage(), e);
        }
    }

    public String host() {
        return host;
    }

    /** The port that was asked for, or the one that was free. */
    public int port() {
        return port;
    }

    /**
     * Waits for the next client.
     *
     * @return null when nobody came in time
     * @throws IOException when the listener has been closed
     */
    public Transport accept(int timeoutMillis) throws IOException {
        long begin = System.nanoTime();
        while (true) {
            SocketChannel client = channel.accept();
            if (client != null) {
                return TcpTransport.accepted(client);
            }
            long left = timeoutMillis - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (left <= 0) {
                return null;
            }
            try {
                selector.select(left);
                selector.selectedKeys().clear();
            } catch (ClosedSelectorException e) {
                throw new IOException("the listener has been closed", e);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("waiting for a client was interrupted");
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            channel.close();
        }
    }
}
