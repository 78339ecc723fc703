package org.isocenter.hardware.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every transport promises, over TCP, in memory, and with a wrapper that makes no fault. */
class TransportsTest {
    private static final int WAIT = 10_000;

    enum Link {
        TCP,
        MEMORY,
        WRAPPED;

        Ends open() throws IOException {
            return switch (this) {
                case TCP -> tcp();
                case MEMORY -> memory();
                case WRAPPED -> {
                    Ends ends = memory();
                    yield new Ends(new FaultyTransport(ends.near()), new FaultyTransport(ends.far()));
                }
            };
        }

        private static Ends memory() {
            MemoryTransport.Pair pair = MemoryTransport.pair("link", 1000);
            return new Ends(pair.near(), pair.far());
        }

        private static Ends tcp() throws IOException {
            try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
                Transport near = TcpTransport.connect("127.0.0.1", listener.port(), WAIT);
                return new Ends(near, listener.accept(WAIT));
            }
        }
    }

    record Ends(Transport near, Transport far) implements Closeable {
        @Override
        public void close() {
            near.close();
            far.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyBytesArriveAsTheyWereSentInBothDirectionsAtOnce(Link kind) throws Exception {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        try (Ends ends = kind.open()) {
            CompletableFuture<Void> there = write(ends.near(), bytes);
            CompletableFuture<Void> back = write(ends.far(), bytes);
            CompletableFuture<byte[]> received = CompletableFuture.supplyAsync(() -> read(ends.near(), bytes.length));
            assertThat(read(ends.far(), bytes.length)).isEqualTo(bytes);
            assertThat(received.get(WAIT, TimeUnit.MILLISECONDS)).isEqualTo(bytes);
            there.get(WAIT, TimeUnit.MILLISECONDS);
            back.get(WAIT, TimeUnit.MILLISECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void readingWithNothingThereEndsWithTheTime(Link kind) throws Exception {
        try (Ends ends = kind.open()) {
            assertThat(ends.near().read(new byte[4], 0, 4, 0)).isZero();
            assertThat(ends.near().read(new byte[4], 0, 4, 5)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSideThatTakesNothingEndsTheWriterWithATimeOut(Link kind) throws Exception {
        try (Ends ends = kind.open()) {
            assertThatThrownBy(() -> ends.near().write(new byte[64 << 20], 0, 64 << 20, 20))
                    .isInstanceOfSatisfying(
                            TransportTimeoutException.class,
                            e -> assertThat(e.taken()).isPositive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theOtherSidesEndComesAfterItsLastBytes(Link kind) throws Exception {
        try (Ends ends = kind.open()) {
            ends.far().write(new byte[] {1, 2, 3}, 0, 3, WAIT);
            ends.far().close();
            assertThat(read(ends.near(), 3)).containsExactly(1, 2, 3);
            assertThat(ends.near().read(new byte[1], 0, 1, WAIT)).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsAReadAndAWriteThatWait(Link kind) throws Exception {
        try (Ends ends = kind.open()) {
            CompletableFuture<byte[]> reading = CompletableFuture.supplyAsync(() -> read(ends.near(), 1));
            CompletableFuture<Void> writing = write(ends.near(), new byte[64 << 20]);
            assertThat(ends.far().read(new byte[1], 0, 1, WAIT)).isOne();
            ends.near().close();
            assertThatThrownBy(() -> reading.get(WAIT, TimeUnit.MILLISECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasCauseInstanceOf(IOException.class);
            assertThatThrownBy(() -> writing.get(WAIT, TimeUnit.MILLISECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void nobodyThereIsToldWithTheAddress() throws Exception {
        int port;
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            port = listener.port();
        }
        assertThatThrownBy(() -> TcpTransport.connect("127.0.0.1", port, WAIT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.1:" + port)
                .hasMessageContaining("refused");
    }

    @Test
    void aListenerIsReachedAtItsOwnAddressOnly() throws Exception {
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            assertThatThrownBy(() -> TcpTransport.connect("127.0.0.2", listener.port(), WAIT))
                    .isInstanceOf(IOException.class);
            assertThat(listener.accept(5)).isNull();
        }
    }

    @Test
    void closingAListenerEndsTheWaitForAClient() throws Exception {
        TcpListener listener = TcpListener.open("127.0.0.1", 0);
        CompletableFuture<Transport> client = CompletableFuture.supplyAsync(() -> {
            try {
                return listener.accept(WAIT);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        listener.close();
        assertThatThrownBy(() -> client.get(WAIT, TimeUnit.MILLISECONDS)).isInstanceOf(ExecutionException.class);
    }

    private static CompletableFuture<Void> write(Transport to, byte[] bytes) {
        return CompletableFuture.runAsync(() -> {
            try {
                to.write(bytes, 0, bytes.length, WAIT);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    static byte[] read(Transport from, int count) {
        byte[] bytes = new byte[count];
        try {
            for (int have = 0; have < count; ) {
                int now = from.read(bytes, have, count - have, WAIT);
                if (now <= 0) {
                    throw new IOException("after " + have + " bytes: " + now);
                }
                have += now;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes;
    }
}
