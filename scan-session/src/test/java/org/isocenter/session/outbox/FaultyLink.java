package org.isocenter.session.outbox;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A relay in front of a DICOM server that lets one PDU of a connection go wrong, as a test says. Listens on loopback. */
final class FaultyLink implements AutoCloseable {
    private static final byte[] ABORT = {7, 0, 0, 0, 0, 4, 0, 0, 2, 0};
    private static final byte[] GARBAGE = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = 6;
    private static final byte[] BEGINNING = {4, 0, 0, 0, 0, 80, 0, 0, 0, 76};

    /** What becomes of a PDU, and of the connection. */
    enum Misdeed {
        /** It and all behind it arrive too late or never; the connection stays. */
        STALLS,
        /** Who waits for an answer gets something else. */
        BECOMES_GARBAGE,
        /** Half of it arrives, and then the end. */
        IS_CUT,
        /** The end comes in its place. */
        CLOSES,
        /** So does a reset. */
        RESETS,
        /** So does an A-ABORT. */
        ABORTS
    }

    /**
     * @param ofTheServer whether it befalls a PDU of the server, which has done then what it answers to; else one of the client, of which
     *     the server never hears
     * @param pdu which one, from 0: the association request, or its answer
     */
    record Fault(Misdeed misdeed, boolean ofTheServer, int pdu) {
        static final Fault NONE = new Fault(Misdeed.STALLS, true, Integer.MAX_VALUE);
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final IntFunction<Fault> faults;
    private final AtomicInteger connections = new AtomicInteger();

    /** @param faults of each connection by its number, from 0 */
    FaultyLink(int serverPort, IntFunction<Fault> faults) throws IOException {
        this.serverPort = serverPort;
        this.faults = faults;
        start(this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** How many connections there were. */
    int connections() {
        return connections.get();
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "faulty-link");
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                Connection connection = new Connection(client, server, faults.apply(connections.getAndIncrement()));
                start(() -> connection.relay(client, server, false));
                start(() -> connection.relay(server, client, true));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private record Connection(Socket client, Socket server, Fault fault) {
        /** Until one side ends. */
        void relay(Socket from, Socket to, boolean ofTheServer) {
            try {
                DataInputStream in = new DataInputStream(from.getInputStream());
                boolean passes = true;
                for (int number = 0; ; number++) {
                    byte[] pdu = receive(in);
                    if (fault.ofTheServer() == ofTheServer && fault.pdu() == number) {
                        passes = false;
                        strike(ofTheServer ? pdu : BEGINNING);
                    }
                    if (passes) {
                        to.getOutputStream().write(pdu);
                    }
                }
            } catch (IOException e) {
                // One side has ended it: so does the other.
                end();
            }
        }

        private static byte[] receive(DataInputStream in) throws IOException {
            byte[] header = new byte[HEADER];
            in.readFully(header);
            byte[] pdu =
                    Arrays.copyOf(header, HEADER + ByteBuffer.wrap(header, 2, 4).getInt());
            in.readFully(pdu, HEADER, pdu.length - HEADER);
            return pdu;
        }

        /** @param answer that the client would get */
        private void strike(byte[] answer) throws IOException {
            OutputStream out = client.getOutputStream();
            switch (fault.misdeed()) {
                case BECOMES_GARBAGE -> out.write(GARBAGE);
                case ABORTS -> out.write(ABORT);
                case IS_CUT -> {
                    out.write(answer, 0, answer.length / 2);
                    throw new EOFException("cut");
                }
                case RESETS -> {
                    client.setSoLinger(true, 0);
                    throw new EOFException("reset");
                }
                case CLOSES -> throw new EOFException("closed");
                case STALLS -> {}
            }
        }

        private void end() {
            try {
                client.close();
                server.close();
            } catch (IOException e) {
                return; // it is gone
            }
        }
    }
}
