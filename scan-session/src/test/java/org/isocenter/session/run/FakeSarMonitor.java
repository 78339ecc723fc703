package org.isocenter.session.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;

/** A SAR monitor that says what it is, starts and stops, and raises the alarm when it is told. */
final class FakeSarMonitor implements AutoCloseable {
    private static final String END = "\r\n\t";
    private static final int CRC_BYTES = 4;

    final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket server;
    private volatile Socket client;

    FakeSarMonitor() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "fake SAR monitor");
        serving.setDaemon(true);
        serving.start();
    }

    URI address() {
        return URI.create("relax-sar://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket next = server.accept()) {
                client = next;
                answer(next);
            } catch (IOException e) {
                requests.add("closed");
            }
        }
    }

    private void answer(Socket link) throws IOException {
        InputStream in = link.getInputStream();
        StringBuilder request = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            request.append((char) next);
            if (request.length() > CRC_BYTES + END.length()
                    && request.toString().endsWith(END)) {
                String text = request.substring(0, request.length() - END.length() - CRC_BYTES);
                request.setLength(0);
                requests.add(text);
                switch (text) {
                    case "ident" -> say("sar2.0");
                    case "s" -> say("SARstop");
                    case "start" -> say("start");
                    default -> {
                        // A setting is not answered.
                    }
                }
            }
        }
    }

    void say(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
        String sum = new String(
                ByteBuffer.allocate(CRC_BYTES).putInt((int) crc.getValue()).array(), StandardCharsets.ISO_8859_1);
        try {
            client.getOutputStream().write((text + sum + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
