package org.isocenter.session.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Two amplifiers behind a bridge, which says OK to everything until one trips. */
final class FakeAmplifiers implements AutoCloseable {
    final List<String> commands = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket server;
    private volatile Socket client;

    FakeAmplifiers() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "fake amplifiers");
        serving.setDaemon(true);
        serving.start();
    }

    URI address() {
        return URI.create("barthel://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket next = server.accept()) {
                client = next;
                answer(next);
            } catch (IOException e) {
                commands.add("closed");
            }
        }
    }

    private void answer(Socket link) throws IOException {
        InputStream in = link.getInputStream();
        StringBuilder command = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != ';') {
                command.append((char) next);
            } else {
                commands.add(command.toString().strip());
                command.setLength(0);
                say(">OK;\r\n");
            }
        }
    }

    void say(String text) {
        try {
            client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the last command to this switch was. */
    String last(String power) {
        synchronized (commands) {
            return commands.stream().filter(each -> each.startsWith(power)).reduce("never", (before, now) -> now);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
