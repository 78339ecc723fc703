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

/** An instrument at the other end of a TCP link, which notes what it is told. One client at a time. */
abstract class FakeInstrument implements AutoCloseable {
    final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private final String scheme;
    private final ServerSocket server;
    private volatile Socket client;

    /** @param scheme of its address */
    FakeInstrument(String scheme) throws IOException {
        this.scheme = scheme;
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(this::serve, "fake " + scheme);
        serving.setDaemon(true);
        serving.start();
    }

    final URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket next = server.accept()) {
                client = next;
                listen(next.getInputStream());
            } catch (IOException e) {
                heard.add("closed");
            }
        }
    }

    private void listen(InputStream in) throws IOException {
        StringBuilder begun = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            begun.append((char) next);
            String whole = whole(begun);
            if (whole != null) {
                begun.setLength(0);
                heard.add(whole);
                answer(whole);
            }
        }
    }

    /** What it is told by these characters; null while that is not whole. */
    abstract String whole(CharSequence characters);

    abstract void answer(String told);

    final void write(String text) {
        try {
            client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
