package org.isocenter.hardware.transport;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketOption;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection. Small writes leave at once (no Nagle), what comes is acknowledged at once where the system can (a peer with
 * Nagle's algorithm holds the second of two small answers back until then), and a peer that has vanished is found out in the end
 * (keep-alive).
 * Interrupting a thread that waits here ends its wait with an {@link InterruptedIOException}; the connection stays.
 */
public final class TcpTransport implements Transport {
    /** Linux has it; it lasts until the next write, more or less. */
    private static final String ACKNOWLEDGE_AT_ONCE = "TCP_QUICKACK";

    private final String name;
    private final SocketChannel channel;
    private final SocketOption<Boolean> acknowledgeAtOnce;
    private final Selector readable;
    private final Selector writable;

    private TcpTransport(String name, SocketChannel channel) throws IOException {
        this.name = name;
        this.channel = channel;
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        acknowledgeAtOnce = acknowledgeAtOnce(channel);
        channel.configureBlocking(false);
        readable = Selector.open();
        writable = Selector.open();
        channel.register(readable, SelectionKey.OP_READ);
        channel.register(writable, SelectionKey.OP_WRITE);
    }

    @SuppressWarnings("unchecked")
    private static SocketOption<Boolean> acknowledgeAtOnce(SocketChannel channel) {
        return (SocketOption<Boolean>) channel.supportedOptions().stream()
                .filter(option -> option.name().equals(ACKNOWLEDGE_AT_ONCE))
                .findAny()
                .orElse(null);
    }

    /**
     * Connects.
     *
     * @throws UnknownHostException when there is no such host
     * @throws SocketTimeoutException when nobody answers in time
     * @throws IOException when nobody listens there, or the network refuses
     */
    public static TcpTransport connect(String host, int port, int timeoutMillis) throws IOException {
        String name = name(host, port);
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new UnknownHostException(name + ": there is no host of this name");
        }
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, timeoutMillis);
            return new TcpTransport(name, channel);
        } catch (SocketTimeoutException e) {
            channel.close();
            throw (SocketTimeoutException)
                    new SocketTimeoutException(name + " did not answer within " + timeoutMillis + " ms").initCause(e);
        } catch (ClosedByInterruptException e) {
            throw (InterruptedIOException)
                    new InterruptedIOException(name + ": connecting was interrupted").initCause(e);
        } catch (IOException e) {
            channel.close();
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }

    /** A connection that a listener has accepted. */
    static TcpTransport accepted(SocketChannel channel) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) channel.getRemoteAddress();
        try {
            return new TcpTransport(name(peer.getAddress().getHostAddress(), peer.getPort()), channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** An IPv6 address in brackets. */
    static String name(String host, int port) {
        return (host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        ByteBuffer into = ByteBuffer.wrap(buffer, offset, length);
        int count = channel.read(into);
        if (count != 0 || timeoutMillis == 0) {
            return count;
        }
        long begin = System.nanoTime();
        while (count == 0 && await(readable, begin, timeoutMillis)) {
            count = channel.read(into);
        }
        return count;
    }

    @Override
    public void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        ByteBuffer from = ByteBuffer.wrap(buffer, offset, length);
        long begin = System.nanoTime();
        while (true) {
            if (channel.write(from) > 0) {
                begin = System.nanoTime();
            }
            if (!from.hasRemaining()) {
                if (acknowledgeAtOnce != null) {
                    channel.setOption(acknowledgeAtOnce, true);
                }
                return;
            }
            if (!await(writable, begin, timeoutMillis)) {
                throw new TransportTimeoutException(name, from.position() - offset, timeoutMillis);
            }
        }
    }

    /** Until the channel may be ready; false when the time is over. */
    private boolean await(Selector selector, long beginNanos, int timeoutMillis) throws IOException {
        long leftNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis) - (System.nanoTime() - beginNanos);
        if (leftNanos <= 0) {
            return false;
        }
        try {
            selector.select(TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1);
            selector.selectedKeys().clear();
        } catch (ClosedSelectorException e) {
            throw new IOException(name + " has been closed", e);
        }
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException(name + ": the wait was interrupted");
        }
        return true;
    }

    @Override
    public void close() {
        try (readable;
                writable) {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " could not be closed", e);
        }
    }
}
