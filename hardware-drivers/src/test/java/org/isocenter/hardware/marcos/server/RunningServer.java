package org.isocenter.hardware.marcos.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import org.isocenter.hardware.emulate.Emulator;
import org.isocenter.hardware.emulate.Emulators;
import org.isocenter.hardware.emulate.FaultSpec;

/** An emulated console that serves while a test runs. */
final class RunningServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 120_000;

    private final Emulator emulator;
    private final Thread thread;
    private volatile IOException failure;

    RunningServer(String options, String... faults) throws Exception {
        List<FaultSpec> specs = List.of(faults).stream().map(FaultSpec::parse).toList();
        emulator = Emulators.listen(URI.create("marcos://127.0.0.1:0?" + options), specs);
        thread = new Thread(this::serve, "server under test");
        thread.start();
    }

    private void serve() {
        try {
            emulator.serve();
        } catch (IOException e) {
            failure = e;
        }
    }

    Emulator emulator() {
        return emulator;
    }

    int port() {
        return emulator.address().getPort();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket("127.0.0.1", port());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    /** As many bytes as are wanted, or fewer when the server ends the connection. */
    static byte[] read(Socket socket, int count) throws IOException {
        InputStream in = socket.getInputStream();
        return in.readNBytes(count);
    }

    /** Whether the server has ended: at once, or after a while. */
    boolean ends() throws InterruptedException {
        thread.join(PATIENCE_MILLIS);
        return !thread.isAlive();
    }

    @Override
    public void close() throws Exception {
        emulator.close();
        if (!ends()) {
            throw new AssertionError("the server does not end");
        }
        if (failure != null) {
            throw failure;
        }
    }
}
