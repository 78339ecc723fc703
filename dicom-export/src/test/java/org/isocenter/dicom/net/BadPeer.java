package org.isocenter.dicom.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomWriter;

/** A server that does to its one connection what a script says, however wrong. */
final class BadPeer implements AutoCloseable {
    interface Script {
        void run(Talk talk) throws Exception;
    }

    /** The script's end of the connection. */
    static final class Talk {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final CountDownLatch over;

        private Talk(Socket socket, CountDownLatch over) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
            this.over = over;
        }

        void send(byte[]... pieces) throws IOException {
            for (byte[] piece : pieces) {
                out.write(piece);
            }
        }

        /** The next PDU that we were sent, with its header; empty at the end. */
        byte[] receive() throws IOException {
            byte[] header = in.readNBytes(6);
            if (header.length < 6) {
                return new byte[0];
            }
            byte[] body = in.readNBytes(ByteBuffer.wrap(header, 2, 4).getInt());
            return ByteBuffer.allocate(6 + body.length).put(header).put(body).array();
        }

        /** Takes bytes that are no PDU. */
        void skip(int bytes) throws IOException {
            in.skipNBytes(bytes);
        }

        /** Takes the association request and accepts it. */
        void accept() throws IOException {
            receive();
            send(acceptance());
        }

        void cut() throws IOException {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Says and takes nothing more until the test is over. */
        void stall() throws InterruptedException {
            over.await(1, TimeUnit.MINUTES);
        }
    }

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final CountDownLatch over = new CountDownLatch(1);
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    BadPeer(Script script) throws IOException {
        Thread thread = new Thread(() -> run(script), "bad-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Script script) {
        try (Socket socket = server.accept()) {
            script.run(new Talk(socket, over));
            done.complete(null);
        } catch (Exception | AssertionError e) {
            done.completeExceptionally(e);
        }
    }

    Peer peer() {
        return Peer.of("BAD", "127.0.0.1", server.getLocalPort());
    }

    /** Waits for the script to end; what it threw is thrown here. */
    void await() throws ExecutionException, InterruptedException, TimeoutException {
        done.get(1, TimeUnit.MINUTES);
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        server.close();
    }

    /** A-ASSOCIATE-AC of the contexts 1 and 3, in Implicit VR. */
    static byte[] acceptance() {
        List<String> implicit = List.of(UID.ImplicitVRLittleEndian);
        return acceptance(List.of(new Pdu.Context(1, 0, "", implicit), new Pdu.Context(3, 0, "", implicit)));
    }

    static byte[] acceptance(List<Pdu.Context> contexts) {
        UserInformation user = new UserInformation(16384, "1.2.3", "BAD", 1, 1, Map.of(), Map.of());
        return AssociateCodec.encode(
                new Pdu.Associate(true, 1, "BAD", "ISOCENTER", "1.2.840.10008.3.1.1.1", contexts, user));
    }

    /** A-ASSOCIATE-RQ of ISOCENTER to itself. */
    static byte[] associationRequest(UserInformation user, Pdu.Context... contexts) {
        return AssociateCodec.encode(new Pdu.Associate(
                false, 1, "ISOCENTER", "ISOCENTER", "1.2.840.10008.3.1.1.1", List.of(contexts), user));
    }

    /** One that proposes a SOP class in Implicit VR. */
    static byte[] associationRequest(String sopClass) {
        UserInformation user = new UserInformation(16384, "1.2.3", "TEST", 1, 1, Map.of(), Map.of());
        return associationRequest(user, new Pdu.Context(1, 0, sopClass, List.of(UID.ImplicitVRLittleEndian)));
    }

    static byte[] reject(int result, int source, int reason) {
        return PduReader.encode(PduReader.ASSOCIATE_RJ, result, source, reason);
    }

    static byte[] abort(int source, int reason) {
        return PduReader.encode(PduReader.ABORT, 0, source, reason);
    }

    static byte[] releaseRequest() {
        return PduReader.encode(PduReader.RELEASE_RQ, 0, 0, 0);
    }

    static byte[] releaseReply() {
        return PduReader.encode(PduReader.RELEASE_RP, 0, 0, 0);
    }

    /** A response without data set to the message with this number. */
    static byte[] response(Operation operation, int respondedTo, int status) {
        Attributes command = new Attributes();
        command.setInt(Tag.CommandField, operation.commandField() | Operation.RESPONSE);
        command.setInt(Tag.MessageIDBeingRespondedTo, respondedTo);
        command.setInt(Tag.CommandDataSetType, 0x0101);
        command.setInt(Tag.Status, status);
        return data(1, 3, DicomWriter.toCommandBytes(command));
    }

    /** P-DATA-TF of one value. @param control 1 for a command, 2 for the last fragment */
    static byte[] data(int contextId, int control, byte[] content) {
        ByteBuffer pdu = ByteBuffer.allocate(12 + content.length);
        pdu.put((byte) PduReader.DATA).put((byte) 0).putInt(content.length + 6).putInt(content.length + 2);
        return pdu.put((byte) contextId).put((byte) control).put(content).array();
    }
}
