package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.isocenter.dicom.data.UID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever strangers do to the listener, who is configured is served. */
@Timeout(120)
class ListenerFuzzTest {
    private static final NetSettings SETTINGS = NetSettings.of("ISOCENTER");

    private static final byte[] REQUEST = BadPeer.associationRequest(UID.Verification);

    private DicomListener listener;

    @BeforeEach
    void listen() throws IOException {
        listener = DicomListener.open(
                new ListenerSettings(0, List.of(Peer.of("ISOCENTER", "127.0.0.1", 104)), 4, Optional.empty()),
                SETTINGS.withTimeouts(Duration.ofMillis(1500)),
                Services.NONE);
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    private Socket connect() throws IOException {
        return new Socket("127.0.0.1", listener.port());
    }

    private DimseStatus echo() throws DicomNetException {
        Peer peer = Peer.of("ISOCENTER", "127.0.0.1", listener.port());
        try (Association association =
                Association.open(peer, SETTINGS, List.of(PresentationContext.of(UID.Verification)))) {
            return association.echo();
        }
    }

    /** Reads until the listener has ended the connection. */
    private static void awaitEnd(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomBytesAreTurnedAway(long seed) throws IOException {
        Random random = new Random(seed);
        for (int i = 0; i < 40; i++) {
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            if (bytes.length > 6 && random.nextBoolean()) {
                System.arraycopy(REQUEST, 0, bytes, 0, 6);
            }
            try (Socket socket = connect()) {
                socket.getOutputStream().write(bytes);
                socket.shutdownOutput();
                awaitEnd(socket);
            }
        }
        assertThat(echo()).as("seed %d", seed).isEqualTo(DimseStatus.success());
    }

    @Test
    void associationsThatAreCutAnywhereAreForgotten() throws IOException {
        for (int end = 0; end <= REQUEST.length; end += 3) {
            try (Socket socket = connect()) {
                socket.getOutputStream().write(Arrays.copyOf(REQUEST, end));
                socket.shutdownOutput();
                awaitEnd(socket);
            }
        }
        assertThat(echo()).isEqualTo(DimseStatus.success());
    }

    @Test
    void whoSpeaksTooSlowlyIsCutOff() throws Exception {
        try (Socket slow = connect()) {
            boolean cut = false;
            for (int i = 0; i < REQUEST.length && !cut; i++) {
                slow.setSoTimeout(50);
                slow.getOutputStream().write(REQUEST[i]);
                cut = isOver(slow);
            }
            assertThat(cut).as("each byte came in time, the whole did not").isTrue();
        }
        assertThat(echo()).isEqualTo(DimseStatus.success());
    }

    private static boolean isOver(Socket socket) {
        try {
            int read = socket.getInputStream().read();
            return read < 0 || read == PduReader.ABORT;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void anAssociationThatAsksForNothingIsAborted() throws IOException {
        try (Socket idle = connect()) {
            idle.getOutputStream().write(REQUEST);
            byte[] all = idle.getInputStream().readAllBytes();
            assertThat(all[0]).isEqualTo((byte) PduReader.ASSOCIATE_AC);
            assertThat(Arrays.copyOfRange(all, all.length - 10, all.length)).isEqualTo(BadPeer.abort(0, 0));
        }
    }

    @Test
    void aThousandConnectionsTakeNoMoreThanTheirPlaces() throws IOException {
        int threads = associationThreads();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1_000; i++) {
                sockets.add(connect());
                if (i % 100 == 99) {
                    assertThat(associationThreads()).isLessThanOrEqualTo(threads + 16);
                }
            }
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        DimseStatus status = null;
        for (int tries = 0; tries < 100 && status == null; tries++) {
            status = echoOrNull();
        }
        assertThat(status).isEqualTo(DimseStatus.success());
    }

    private DimseStatus echoOrNull() {
        try {
            return echo();
        } catch (DicomNetException e) {
            assertThat(e.isTransient()).isTrue();
            return null;
        }
    }

    private static int associationThreads() {
        Thread[] threads = new Thread[Thread.activeCount() + 64];
        int count = Thread.enumerate(threads);
        return (int) Arrays.stream(threads, 0, count)
                .filter(thread -> thread.getName().equals("dicom-association"))
                .count();
    }
}
