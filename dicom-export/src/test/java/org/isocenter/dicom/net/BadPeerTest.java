package org.isocenter.dicom.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.dicom.net.DicomNetException.Kind;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a peer does, the requestor ends with the right kind of failure. */
@Timeout(60)
class BadPeerTest {
    private static final NetSettings PATIENT = NetSettings.of("ISOCENTER");
    private static final NetSettings SHORT = PATIENT.withTimeouts(Duration.ofSeconds(1));
    private static final List<PresentationContext> CONTEXTS =
            List.of(PresentationContext.of(UID.Verification), PresentationContext.of(UID.MRImageStorage));

    @TempDir
    Path folder;

    private static Association open(BadPeer bad, NetSettings settings) throws DicomNetException {
        return Association.open(bad.peer(), settings, CONTEXTS);
    }

    private static void echo(BadPeer bad, NetSettings settings) throws DicomNetException {
        try (Association association = open(bad, settings)) {
            association.echo();
        }
    }

    private static DicomNetException failure(ThrowingCallable call) {
        DicomNetException failure = catchThrowableOfType(DicomNetException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1, 1, false, it gives no reason",
        "1, 1, 2, false, application context",
        "1, 1, 3, false, does not know our title ISOCENTER",
        "1, 1, 7, false, does not call itself BAD",
        "1, 2, 2, false, version of the protocol",
        "2, 3, 1, true, busy now",
        "2, 3, 2, true, as many associations as it takes",
        "1, 9, 9, false, a reason that the standard does not know"
    })
    void aRejectionIsToldInASentence(int result, int source, int reason, boolean again, String words) throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.receive();
            talk.send(BadPeer.reject(result, source, reason));
        })) {
            DicomNetException failure = failure(() -> open(bad, PATIENT));
            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure.isTransient()).isEqualTo(again);
            assertThat(failure).hasMessageContaining("BAD (127.0.0.1:").hasMessageContaining(words);
        }
    }

    @Test
    void anAssociationOnWhichNothingWasAcceptedIsOver() throws Exception {
        List<String> implicit = List.of(UID.ImplicitVRLittleEndian);
        try (BadPeer bad = new BadPeer(talk -> {
            talk.receive();
            talk.send(BadPeer.acceptance(
                    List.of(new Pdu.Context(1, 3, "", implicit), new Pdu.Context(3, 4, "", implicit))));
            talk.receive();
            talk.send(BadPeer.releaseReply());
        })) {
            DicomNetException failure = failure(() -> open(bad, PATIENT));
            assertThat(failure.kind()).isEqualTo(Kind.NOTHING_ACCEPTED);
            assertThat(failure)
                    .hasMessageContaining(UID.Verification + "=not supported")
                    .hasMessageContaining(UID.MRImageStorage + "=not supported in any of the proposed");
            bad.await();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, without a reason",
        "2, 0, without a reason",
        "2, 1, did not recognize a PDU",
        "2, 2, did not expect a PDU",
        "2, 4, did not recognize a parameter",
        "2, 5, did not expect a parameter",
        "2, 6, a parameter of a PDU of ours was invalid",
        "2, 77, a reason that the standard does not know (77)"
    })
    void anAbortIsToldInASentence(int source, int reason, String words) throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(BadPeer.abort(source, reason));
        })) {
            DicomNetException failure = failure(() -> echo(bad, PATIENT));
            assertThat(failure.kind()).isEqualTo(Kind.ABORTED);
            assertThat(failure).hasMessageContaining("aborted the association").hasMessageContaining(words);
        }
    }

    @Test
    void aPeerThatNeverAnswersTheRequestIsAborted() throws Exception {
        CompletableFuture<byte[]> lastWords = new CompletableFuture<>();
        try (BadPeer bad = new BadPeer(talk -> {
            talk.receive();
            lastWords.complete(talk.receive());
        })) {
            DicomNetException failure = failure(() -> open(bad, SHORT));
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("did not send the answer to our association request within 1.0 s");
            assertThat(lastWords.get(1, TimeUnit.MINUTES)).isEqualTo(BadPeer.abort(0, 0));
        }
    }

    @Test
    void aPeerThatStallsOrAnswersLateTimesOut() throws Exception {
        CountDownLatch timedOut = new CountDownLatch(1);
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            timedOut.await();
            talk.send(BadPeer.response(Operation.C_ECHO, 1, 0));
        })) {
            Association association = open(bad, SHORT);
            DicomNetException failure = failure(association::echo);
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure.isTransient()).isTrue();
            assertThat(failure).hasMessageContaining("the response to C-ECHO within 1.0 s");
            timedOut.countDown();
            assertThat(failure(association::echo).kind()).isEqualTo(Kind.ABORTED);
            association.close();
        }
    }

    @Test
    void aPeerThatStallsWithinAPduTimesOut() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(Arrays.copyOf(BadPeer.response(Operation.C_ECHO, 1, 0), 20));
            talk.stall();
        })) {
            assertThat(failure(() -> echo(bad, SHORT)).kind()).isEqualTo(Kind.TIMEOUT);
        }
    }

    @Test
    void aPeerThatTakesNoDataTimesOut() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.stall();
        })) {
            Association association = open(bad, SHORT);
            DicomNetException failure = failure(() -> association.store(Objects.image("2.25.1", 50_000)));
            assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT);
            assertThat(failure).hasMessageContaining("took no data for 1.0 s");
        }
    }

    @Test
    void aPeerThatAbortsWhileItIsSentDataIsHeard() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(BadPeer.abort(2, 6));
            // Reads on, so that its words are not lost with the connection.
            while (talk.receive().length > 0) {
                continue;
            }
        })) {
            Association association = open(bad, PATIENT);
            DicomNetException failure = failure(() -> association.store(Objects.image("2.25.1", 5_000)));
            assertThat(failure.kind()).isEqualTo(Kind.ABORTED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 400 Bad Request\r\n\r\n", "\u0002", "\u0002\u0000\u0000\u0000\u0000\u0000"})
    void garbageIsAnsweredWithAnAbort(String garbage) throws Exception {
        CompletableFuture<byte[]> lastWords = new CompletableFuture<>();
        try (BadPeer bad = new BadPeer(talk -> {
            talk.receive();
            talk.send(garbage.getBytes(StandardCharsets.ISO_8859_1));
            lastWords.complete(talk.receive());
        })) {
            DicomNetException failure = failure(() -> open(bad, SHORT));
            assertThat(failure.kind()).isIn(Kind.PROTOCOL, Kind.TIMEOUT);
            assertThat(lastWords.get(1, TimeUnit.MINUTES)[0]).isEqualTo((byte) PduReader.ABORT);
        }
    }

    /** @param reason of the A-ABORT that the peer gets */
    private static void brokenByAnswer(byte[] answer, int reason, String words) throws Exception {
        CompletableFuture<byte[]> lastWords = new CompletableFuture<>();
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(answer);
            lastWords.complete(talk.receive());
        })) {
            DicomNetException failure = failure(() -> echo(bad, PATIENT));
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.PROTOCOL);
            assertThat(failure).hasMessageContaining(words);
            assertThat(lastWords.get(1, TimeUnit.MINUTES)).isEqualTo(BadPeer.abort(2, reason));
        }
    }

    @Test
    void whatDoesNotBelongIntoTheExchangeBreaksIt() throws Exception {
        byte[] echo = DicomWriter.toCommandBytes(new Attributes());
        brokenByAnswer(BadPeer.response(Operation.C_ECHO, 7, 0), 5, "a response to what was not asked");
        brokenByAnswer(BadPeer.response(Operation.C_STORE, 1, 0), 5, "a response to what was not asked");
        Attributes nothing = new Attributes();
        nothing.setInt(Tag.CommandField, 0x8030);
        nothing.setInt(Tag.MessageIDBeingRespondedTo, 1);
        nothing.setInt(Tag.CommandDataSetType, 0x0101);
        brokenByAnswer(BadPeer.data(1, 3, DicomWriter.toCommandBytes(nothing)), 6, "a response without a status");
        brokenByAnswer(BadPeer.acceptance(), 2, "Associate came when nobody expected it");
        brokenByAnswer(BadPeer.releaseReply(), 2, "ReleaseReply came");
        brokenByAnswer(new byte[] {9, 0, 0, 0, 0, 0}, 1, "unknown type 9");
        brokenByAnswer(new byte[] {4, 0, 0, 0, 0, 0}, 6, "without a whole presentation data value");
        brokenByAnswer(new byte[] {4, 0, -1, -1, -1, -1}, 6, "with 4294967295 bytes");
        brokenByAnswer(new byte[] {4, 0, 0, 0, 0, 6, 0, 0, 0, 1, 1, 3}, 6, "a presentation data value of 1 bytes");
        brokenByAnswer(new byte[] {5, 0, 0, 0, 0, 9}, 6, "with 9 bytes: it has 4");
        brokenByAnswer(BadPeer.data(5, 3, echo), 6, "context 5 was not agreed upon");
        brokenByAnswer(BadPeer.data(1, 2, echo), 6, "fragments of two messages are mixed");
        brokenByAnswer(BadPeer.data(1, 1, new byte[0]), 6, "a fragment without content");
        brokenByAnswer(BadPeer.data(1, 3, new byte[] {1, 2, 3}), 6, "ends within an element's header");
        brokenByAnswer(BadPeer.data(1, 3, echo), 5, "no request with a number");
    }

    @Test
    void aCommandWithoutEndIsNotCollectedForEver() throws Exception {
        byte[] piece = BadPeer.data(1, 1, new byte[10_000]);
        brokenByAnswer(
                concat(piece, piece, piece, piece, piece, piece, piece), 6, "a command of more than 65536 bytes");
    }

    private static byte[] concat(byte[]... pieces) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            out.writeBytes(piece);
        }
        return out.toByteArray();
    }

    @Test
    void aConnectionThatEndsAtAnyByteIsClosedAndNothingElse() throws Exception {
        byte[] accept = BadPeer.acceptance();
        byte[] whole = concat(accept, BadPeer.response(Operation.C_ECHO, 1, 0), BadPeer.releaseReply());
        int answered = whole.length - BadPeer.releaseReply().length;
        for (int end = 0; end <= whole.length; end++) {
            int cut = end;
            try (BadPeer bad = new BadPeer(talk -> {
                talk.receive();
                talk.send(Arrays.copyOf(whole, Math.min(cut, accept.length)));
                if (cut > accept.length) {
                    talk.receive();
                    talk.send(Arrays.copyOfRange(whole, accept.length, cut));
                }
            })) {
                if (cut >= answered) {
                    echo(bad, PATIENT);
                } else {
                    DicomNetException failure = failure(() -> echo(bad, PATIENT));
                    assertThat(failure.kind())
                            .as("cut at byte %d: %s", cut, failure)
                            .isEqualTo(Kind.CLOSED);
                }
            }
        }
    }

    @Test
    void aConnectionThatIsCutIsClosed() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.cut();
        })) {
            DicomNetException failure = failure(() -> echo(bad, PATIENT));
            assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
            assertThat(failure.isTransient()).isTrue();
        }
    }

    @Test
    void anAbortFromAnotherThreadEndsTheWait() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            asked.countDown();
            assertThat(talk.receive()).isEqualTo(BadPeer.abort(0, 0));
        })) {
            Association association = open(bad, PATIENT);
            CompletableFuture<Void> echo = CompletableFuture.runAsync(() -> {
                try {
                    association.echo();
                } catch (DicomNetException e) {
                    throw new IllegalStateException(e);
                }
            });
            asked.await();
            association.abort();
            assertThatThrownBy(() -> echo.get(1, TimeUnit.MINUTES))
                    .isInstanceOf(ExecutionException.class)
                    .rootCause()
                    .isInstanceOf(IOException.class);
            assertThat(failure(association::echo).kind()).isEqualTo(Kind.ABORTED);
            bad.await();
        }
    }

    @Test
    void twoReleasesThatCrossBothEnd() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            assertThat(talk.receive()).isEqualTo(BadPeer.releaseRequest());
            talk.send(BadPeer.releaseRequest());
            assertThat(talk.receive()).isEqualTo(BadPeer.releaseReply());
            talk.send(BadPeer.releaseReply());
        })) {
            Association association = open(bad, PATIENT);
            association.release();
            bad.await();
        }
    }

    @Test
    void dataThatComeAfterOurReleaseAreThrownAway() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(BadPeer.response(Operation.C_ECHO, 1, 0), BadPeer.releaseReply());
        })) {
            open(bad, PATIENT).release();
            bad.await();
        }
    }

    @Test
    void aPeerThatReleasesInsteadOfAnsweringIsLetGo() throws Exception {
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(BadPeer.releaseRequest());
            assertThat(talk.receive()).isEqualTo(BadPeer.releaseReply());
        })) {
            DicomNetException failure = failure(() -> echo(bad, PATIENT));
            assertThat(failure.kind()).isEqualTo(Kind.CLOSED);
            assertThat(failure).hasMessageContaining("released the association instead of responding");
            bad.await();
        }
    }

    @Test
    void aContextThatWasNotProposedBreaksTheAssociation() throws Exception {
        for (Pdu.Context context : List.of(
                new Pdu.Context(5, 0, "", List.of(UID.ImplicitVRLittleEndian)),
                new Pdu.Context(2, 0, "", List.of(UID.ImplicitVRLittleEndian)),
                new Pdu.Context(1, 0, "", List.of(UID.ExplicitVRBigEndian)),
                new Pdu.Context(1, 0, "", List.of()))) {
            try (BadPeer bad = new BadPeer(talk -> {
                talk.receive();
                talk.send(BadPeer.acceptance(List.of(context)));
                talk.receive();
            })) {
                assertThat(failure(() -> open(bad, PATIENT)).kind()).isEqualTo(Kind.PROTOCOL);
            }
        }
    }

    @Test
    void whoCannotBeReachedIsToldApart() throws Exception {
        Peer nobody = Peer.of("NOBODY", "127.0.0.1", PeerProgram.freePort());
        DicomNetException refused = failure(() -> Association.open(nobody, SHORT, CONTEXTS));
        assertThat(refused.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(refused).hasMessageContaining("nothing listens there");
        Peer unknown = Peer.of("NOBODY", "no-such-host.invalid", 104);
        assertThat(failure(() -> Association.open(unknown, SHORT, CONTEXTS)))
                .hasMessageContaining("its host name is not known")
                .extracting(DicomNetException::kind)
                .isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void aFileThatWasNotAcceptedIsAnsweredHere() throws Exception {
        Attributes capture = Objects.image("2.25.9", 1);
        capture.setString(Tag.SOPClassUID, Objects.SECONDARY_CAPTURE);
        Path file = folder.resolve("a.dcm");
        DicomWriter.write(file, capture);
        try (BadPeer bad = new BadPeer(talk -> {
            talk.accept();
            talk.receive();
            talk.send(BadPeer.releaseReply());
        })) {
            Association association = open(bad, PATIENT);
            DimseStatus status = association.store(file);
            assertThat(status.code()).isEqualTo(0x0122);
            assertThat(status.describe()).contains("did not accept " + Objects.SECONDARY_CAPTURE);
            association.close();
            bad.await();
        }
    }
}
