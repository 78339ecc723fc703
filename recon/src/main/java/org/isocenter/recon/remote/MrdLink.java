package org.isocenter.recon.remote;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.function.BooleanSupplier;

/**
 * A TCP connection that sends and receives at the same time on one thread: neither direction ever waits for the other, so that two
 * programs cannot block one another with full buffers. One thread, but for {@link #wake}.
 */
final class MrdLink implements AutoCloseable {
    /** How often a connection attempt asks whether it is still wanted. */
    private static final long CONNECT_TICK_MILLIS = 50;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private boolean inputEnded;
    private IOException sendFailure;

    /** @param channel connected; this closes it */
    MrdLink(SocketChannel channel) throws IOException {
        this.channel = channel;
        this.selector = Selector.open();
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            this.key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /**
     * Tries the host's addresses one after the other.
     *
     * @param timeoutMillis for each
     * @param cancelled asked while waiting
     */
    static MrdLink connect(String host, int port, long timeoutMillis, BooleanSupplier cancelled) throws IOException {
        IOException first = null;
        for (InetAddress address : InetAddress.getAllByName(host)) {
            SocketChannel channel = SocketChannel.open();
            try {
                connect(channel, new InetSocketAddress(address, port), timeoutMillis, cancelled);
                return new MrdLink(channel);
            } catch (IOException | RuntimeException e) {
                channel.close();
                if (e instanceof RuntimeException unexpected) {
                    throw unexpected;
                }
                first = first == null ? (IOException) e : first;
            }
        }
        throw first == null ? new ConnectException("no address") : first;
    }

    private static void connect(
            SocketChannel channel, InetSocketAddress address, long timeoutMillis, BooleanSupplier cancelled)
            throws IOException {
        channel.configureBlocking(false);
        if (channel.connect(address)) {
            return;
        }
        long start = System.nanoTime();
        try (Selector connecting = Selector.open()) {
            channel.register(connecting, SelectionKey.OP_CONNECT);
            while (!channel.finishConnect()) {
                if (cancelled.getAsBoolean()) {
                    throw new ConnectException("cancelled");
                }
                if (System.nanoTime() - start > timeoutMillis * 1_000_000) {
                    throw new SocketTimeoutException("no answer within " + timeoutMillis / 1000.0 + " s");
                }
                connecting.select(CONNECT_TICK_MILLIS);
            }
        }
    }

    /** Ends the wait of {@link #exchange}. Any thread. */
    void wake() {
        selector.wakeup();
    }

    /**
     * Waits until something can be sent or has come, somebody wakes it, or the time is up; then sends of {@code out} and
     * receives into {@code in} what goes at once.
     *
     * @param out what remains is to be sent
     * @param waitMillis more than 0
     * @return whether any byte moved
     */
    boolean exchange(ByteBuffer out, MessageInbox in, long waitMillis) throws IOException {
        boolean sending = out.hasRemaining() && sendFailure == null;
        key.interestOps((inputEnded ? 0 : SelectionKey.OP_READ) | (sending ? SelectionKey.OP_WRITE : 0));
        selector.select(waitMillis);
        boolean moved = false;
        if (key.isReadable()) {
            int count = in.fill(channel);
            inputEnded = count < 0;
            moved = count > 0;
        }
        if (key.isWritable()) {
            try {
                moved |= channel.write(out) > 0;
            } catch (IOException e) {
                sendFailure = e; // what the other side still had to say comes first
            }
        }
        selector.selectedKeys().clear();
        return moved;
    }

    /** Whether the other side will send no more. */
    boolean inputEnded() {
        return inputEnded;
    }

    /** Why nothing can be sent any more, or null. */
    IOException sendFailure() {
        return sendFailure;
    }

    /** Tells the other side that nothing more will be sent to it. */
    void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
