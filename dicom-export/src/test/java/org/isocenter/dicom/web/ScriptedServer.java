package org.isocenter.dicom.web;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers just what a test says, well or badly, one script per request; the last is used again. To be closed. */
final class ScriptedServer implements AutoCloseable {
    /** @param head request line and headers; @param body as Latin-1 */
    record Request(String head, String body) {
        @Override
        public String toString() {
            return head;
        }
    }

    /** What to answer; the connection ends with it. */
    @FunctionalInterface
    interface Script {
        void answer(Request request, OutputStream out) throws IOException;
    }

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Script> scripts;
    private final AtomicInteger next = new AtomicInteger();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    ScriptedServer(Script... scripts) throws IOException {
        this.scripts = List.of(scripts);
        Thread thread = new Thread(this::listen, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** A whole reply with these headers, each ended by a line end, and this body. */
    static Script reply(String status, String headers, byte[] body) {
        return (request, out) -> {
            out.write(("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
        };
    }

    static Script reply(String status, String headers, String body) {
        return reply(status, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Bytes as they are, and then the end. */
    static Script raw(String text) {
        return (request, out) -> out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The same and then nothing, until the other side gives up. */
    static Script rawThenSilence(String text) {
        return (request, out) -> {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/web");
    }

    /** All so far. */
    List<Request> requests() {
        return requests;
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                Thread thread = new Thread(() -> serve(socket), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            String head = head(in);
            Request request =
                    new Request(head, new String(in.readNBytes(contentLength(head)), StandardCharsets.ISO_8859_1));
            requests.add(request);
            Script script = scripts.get(Math.min(next.getAndIncrement(), scripts.size() - 1));
            script.answer(request, socket.getOutputStream());
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // The other side gave up, which is what many tests are about.
            return;
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(String head) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
