package org.isocenter.dicom.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.isocenter.dicom.net.DicomNetException.Kind;

/**
 * One end of an association below the messages: the upper layer's state machine (PS3.8 9.2) with what can go wrong at each
 * state turned into one exception. One thread reads, writes and releases; any thread may abort.
 */
final class UpperLayer {
    /** The states of PS3.8 table 9-10, those alike for us taken together. */
    enum State {
        /** Sta2, Sta3, Sta5: the association is being set up. */
        SETTING_UP,
        /** Sta6: messages may be exchanged. */
        OPEN,
        /** Sta7, Sta9 to Sta12: we asked for release. */
        RELEASING,
        /** Sta8: the peer asked for release. */
        RELEASE_ASKED,
        /** Sta13 and Sta1. */
        OVER
    }

    private static final Duration LAST_WORDS = Duration.ofMillis(200);
    private static final int MAX_PDUS_WHILE_RELEASING = 1000;

    private final Connection connection;
    private final PduReader reader;
    private final NetSettings settings;
    private final boolean requestor;
    private String peer;
    private volatile State state = State.SETTING_UP;
    private volatile boolean abortedHere;

    /** @param peer for messages */
    UpperLayer(Connection connection, NetSettings settings, boolean requestor, String peer) {
        this.connection = connection;
        this.reader = new PduReader(connection, settings.maxPduBytes(), settings.pduTimeout());
        this.settings = settings;
        this.requestor = requestor;
        this.peer = peer;
    }

    Connection connection() {
        return connection;
    }

    /** From now on, messages call the peer so. */
    void name(String peerName) {
        peer = peerName;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    void opened() {
        state = State.OPEN;
    }

    /**
     * The next PDU, which is no A-ABORT.
     *
     * @param wait for its first byte
     * @param purpose what we wait for, for messages: "the answer to C-ECHO"
     */
    Pdu read(Duration wait, String purpose) throws DicomNetException {
        try {
            Pdu pdu = reader.next(Deadline.after(wait));
            if (pdu == null) {
                throw over(Kind.CLOSED, "closed the connection while we waited for " + purpose, null);
            }
            if (pdu instanceof Pdu.Abort abort) {
                throw over(Kind.ABORTED, "aborted the association " + Reasons.ofAbort(abort), null);
            }
            if (pdu instanceof Pdu.ReleaseRequest && state == State.OPEN) {
                state = State.RELEASE_ASKED;
            }
            return pdu;
        } catch (SocketTimeoutException e) {
            abort();
            throw failure(
                    Kind.TIMEOUT,
                    "did not send " + purpose + " within " + seconds(wait) + ": it may be overloaded or cut off",
                    e);
        } catch (PduException e) {
            throw broken(e);
        } catch (EOFException e) {
            throw over(Kind.CLOSED, "closed the connection within a PDU, while we waited for " + purpose, e);
        } catch (DicomNetException e) {
            throw e;
        } catch (IOException e) {
            throw cut("while we waited for " + purpose, e);
        }
    }

    /** Waits for something to read, without harm when nothing comes. */
    boolean awaitInput(Duration atMost) throws DicomNetException {
        try {
            return connection.arrives(atMost);
        } catch (IOException e) {
            throw cut("while nothing was under way", e);
        }
    }

    boolean hasInput() throws DicomNetException {
        try {
            return connection.hasInput();
        } catch (IOException e) {
            throw cut("while a request was under way", e);
        }
    }

    void write(byte[] bytes, int length) throws DicomNetException {
        try {
            connection.write(bytes, length, settings.pduTimeout());
        } catch (SocketTimeoutException e) {
            throw over(
                    Kind.TIMEOUT,
                    "took no data for " + seconds(settings.pduTimeout()) + ": it may be overloaded or cut off",
                    e);
        } catch (IOException e) {
            throw lastWords(e);
        }
    }

    /** When a write fails, the peer may have said before why it went. */
    private DicomNetException lastWords(IOException writing) {
        try {
            Deadline soon = Deadline.after(LAST_WORDS);
            for (Pdu pdu = reader.next(soon); pdu != null; pdu = reader.next(soon)) {
                if (pdu instanceof Pdu.Abort abort) {
                    return over(Kind.ABORTED, "aborted the association " + Reasons.ofAbort(abort), writing);
                }
            }
        } catch (SSLException e) {
            return cut("while we sent", e);
        } catch (IOException e) {
            writing.addSuppressed(e);
        }
        return cut("while we sent", writing);
    }

    /** We ask for release, and wait for it (with PS3.8's AR-2 to AR-10: data that come meanwhile are thrown away). */
    void release() throws DicomNetException {
        state = State.RELEASING;
        byte[] request = PduReader.encode(PduReader.RELEASE_RQ, 0, 0, 0);
        write(request, request.length);
        boolean collided = false;
        for (int i = 0; i < MAX_PDUS_WHILE_RELEASING; i++) {
            Pdu pdu = read(settings.releaseTimeout(), "the answer to our release");
            if (pdu instanceof Pdu.ReleaseReply) {
                if (collided && !requestor) {
                    reply();
                }
                end();
                return;
            }
            if (pdu instanceof Pdu.ReleaseRequest && !collided) {
                collided = true;
                // The requestor answers first (Sta9), the acceptor when its own request was answered (Sta10).
                if (requestor) {
                    reply();
                }
            } else if (!(pdu instanceof Pdu.Data)) {
                throw unexpected(pdu);
            }
        }
        abort();
        throw failure(Kind.PROTOCOL, "goes on sending data after our release", null);
    }

    /** The peer asked for release: we answer, and wait for it to close (AR-4, with the ARTIM timer). */
    void acceptRelease() throws DicomNetException {
        reply();
        state = State.OVER;
        connection.closeAfterPeer(settings.releaseTimeout());
    }

    private void reply() throws DicomNetException {
        byte[] reply = PduReader.encode(PduReader.RELEASE_RP, 0, 0, 0);
        write(reply, reply.length);
    }

    /** Sends A-ASSOCIATE-RJ, and waits for the peer to close. */
    void reject(Pdu.Reject reject) throws DicomNetException {
        byte[] bytes = PduReader.encode(PduReader.ASSOCIATE_RJ, reject.result(), reject.source(), reject.reason());
        write(bytes, bytes.length);
        state = State.OVER;
        connection.closeAfterPeer(settings.releaseTimeout());
    }

    /** Ends the association at once. Any thread; what waits on it fails with {@link Kind#ABORTED}. */
    void abort() {
        if (state != State.OVER) {
            abortedHere = true;
            end(PduReader.encode(PduReader.ABORT, 0, Reasons.ABORTED_BY_USER, 0));
        }
    }

    /** Ends the association because of what the peer sent. */
    DicomNetException broken(PduException problem) {
        end(PduReader.encode(PduReader.ABORT, 0, Reasons.ABORTED_BY_PROVIDER, problem.reason()));
        return failure(Kind.PROTOCOL, "does not keep to the protocol: " + problem.getMessage(), problem);
    }

    DicomNetException unexpected(Pdu pdu) {
        return broken(new PduException(
                PduException.UNEXPECTED_PDU, pdu.getClass().getSimpleName() + " came when nobody expected it"));
    }

    /** Ends the association without a word to the peer. */
    void end() {
        state = State.OVER;
        connection.close();
    }

    private void end(byte[] lastWords) {
        state = State.OVER;
        connection.closeAfter(lastWords);
    }

    private DicomNetException over(Kind kind, String what, Exception cause) {
        end();
        return abortedHere ? abortedHere(peer, cause) : failure(kind, what, cause);
    }

    private DicomNetException cut(String when, IOException cause) {
        end();
        if (abortedHere) {
            return abortedHere(peer, cause);
        }
        if (cause instanceof SSLException secured) {
            return new DicomNetException(Kind.TLS, TlsFailures.explain(peer, secured), cause);
        }
        return failure(Kind.CLOSED, "cut the connection " + when, cause);
    }

    static DicomNetException abortedHere(String peer, Exception cause) {
        return new DicomNetException(Kind.ABORTED, "the association with " + peer + " was aborted here", cause);
    }

    /** @param what a sentence's rest whose subject is the peer */
    DicomNetException failure(Kind kind, String what, Exception cause) {
        return new DicomNetException(kind, peer + " " + what, cause);
    }

    static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
