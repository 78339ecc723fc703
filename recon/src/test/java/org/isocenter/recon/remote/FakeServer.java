package org.isocenter.recon.remote;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.mrd.MrdHeaderXml;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdNotes;

/** Answers one connection on a port of its own as a test tells it to, in good ways and bad. */
final class FakeServer implements AutoCloseable {
    /** What to do with the client. */
    interface Manners {
        void serve(Talk talk) throws IOException;
    }

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<Socket> sockets = new ArrayList<>();
    private final Thread thread;

    FakeServer(Manners manners) throws IOException {
        thread = new Thread(
                () -> {
                    try (Socket socket = listening.accept()) {
                        synchronized (sockets) {
                            sockets.add(socket);
                        }
                        manners.serve(new Talk(socket));
                    } catch (IOException e) {
                        // The client, or the test's end, has broken it off.
                    }
                },
                "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    MrdServer server(Duration silence) {
        return new MrdServer(
                "127.0.0.1",
                listening.getLocalPort(),
                new MrdServer.Configuration("simplefft", ""),
                Duration.ofSeconds(5),
                silence);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** One connection, seen from the server. */
    static final class Talk {
        private final Socket socket;
        private final ReadableByteChannel in;
        private final MessageInbox inbox = new MessageInbox(1 << 26, new MrdNotes());

        Talk(Socket socket) throws IOException {
            this.socket = socket;
            this.in = Channels.newChannel(socket.getInputStream());
        }

        /** The bytes as they come, for who reads messages by rules of its own; not together with {@link #next}. */
        InputStream bytes() throws IOException {
            return socket.getInputStream();
        }

        /** The next message, or null when the client has ended the connection. */
        MrdMessage next() throws IOException {
            while (true) {
                MrdMessage message = inbox.next();
                if (message != null || inbox.fill(in) < 0) {
                    return message;
                }
            }
        }

        /** Takes messages until the client closes the stream. Returns the header. */
        ScanHeader takeScan(List<MrdMessage> all) throws IOException {
            ScanHeader header = null;
            while (true) {
                MrdMessage message = next();
                all.add(message);
                if (message instanceof MrdMessage.Header found) {
                    header = MrdHeaderXml.read(found.xml()).header();
                }
                if (message == null || message instanceof MrdMessage.Close) {
                    return header;
                }
            }
        }

        void send(ByteBuffer message) throws IOException {
            byte[] bytes = new byte[message.remaining()];
            message.get(bytes);
            socket.getOutputStream().write(bytes);
        }

        void sendText(String text) throws IOException {
            send(MrdMessages.text(MrdMessages.TEXT, text));
        }

        /** Until the client goes, without reading more. */
        void freeze() throws IOException {
            try {
                new java.util.concurrent.CountDownLatch(1).await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }
}
