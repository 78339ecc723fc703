package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Opening an association ends at once from another thread, whatever it waits for. */
@Timeout(60)
class AbortedOpeningTest {
    private static final NetSettings PATIENT = NetSettings.of("ISOCENTER");
    private static final List<PresentationContext> CONTEXTS =
            List.of(PresentationContext.of(UID.Verification), PresentationContext.of(UID.MRImageStorage));

    private final AbortSwitch abort = new AbortSwitch();

    private CompletableFuture<DicomNetException> open(Peer peer) {
        return CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                DicomNetException.class,
                () -> Association.open(peer, PATIENT, CONTEXTS, Services.NONE, abort::endsBy)));
    }

    private static void assertAborted(DicomNetException failure) {
        assertThat(failure).hasMessageContaining("was aborted here");
        assertThat(failure.kind()).isEqualTo(Kind.ABORTED);
    }

    @Test
    void whileThePeerOwesTheAnswerToTheRequest() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (BadPeer bad = new BadPeer(talk -> {
            talk.receive();
            asked.countDown();
            assertThat(talk.receive()).isEqualTo(BadPeer.abort(0, 0));
        })) {
            CompletableFuture<DicomNetException> opening = open(bad.peer());
            asked.await();
            abort.abort();
            assertAborted(opening.get());
            bad.await();
        }
    }

    @Test
    void whileThePeerDoesNotSecureTheConnection() throws Exception {
        CountDownLatch greeted = new CountDownLatch(1);
        try (BadPeer bad = new BadPeer(talk -> {
            talk.skip(5);
            greeted.countDown();
            talk.stall();
        })) {
            Peer plain = bad.peer();
            Peer secured = new Peer(
                    plain.name(), plain.aeTitle(), plain.host(), plain.port(), Optional.of(TlsSettings.trusting()));
            CompletableFuture<DicomNetException> opening = open(secured);
            greeted.await();
            abort.abort();
            assertAborted(opening.get());
        }
    }

    @Test
    void whileNobodyTakesTheConnection() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            while (isTaken(full, waiting)) {
                continue;
            }
            CompletableFuture<DicomNetException> opening = open(Peer.of("FULL", "127.0.0.1", full.getLocalPort()));
            abort.abort();
            assertAborted(opening.get());
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    /** Whether the system still has room for a connection that nobody accepts. */
    private static boolean isTaken(ServerSocket server, List<Socket> waiting) throws IOException {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 200);
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    @Test
    void beforeItHasBegun() throws Exception {
        abort.abort();
        try (BadPeer bad = new BadPeer(BadPeer.Talk::stall)) {
            assertAborted(open(bad.peer()).get());
        }
    }

    @Test
    void andTheAssociationEndsByTheSameSwitch() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            assertThat(talk.receive()).isEqualTo(BadPeer.abort(0, 0));
        })) {
            Association association = Association.open(bad.peer(), PATIENT, CONTEXTS, Services.NONE, abort::endsBy);
            abort.abort();
            assertAborted(catchThrowableOfType(DicomNetException.class, association::echo));
            bad.await();
        }
    }
}
