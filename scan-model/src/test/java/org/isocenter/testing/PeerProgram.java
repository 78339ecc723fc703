package org.isocenter.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A server program of others that runs while a test does. */
public final class PeerProgram implements AutoCloseable {
    private static final int TRIES = 600;

    private final Process process;
    private final Path log;

    private PeerProgram(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A port that was free just now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Starts it and waits until it listens; skips the test when it is not installed. */
    public static PeerProgram start(Path folder, int port, List<String> command)
            throws IOException, InterruptedException {
        String name = Path.of(command.get(0)).getFileName().toString();
        boolean there = Files.isExecutable(Path.of(command.get(0))) || Peer.isInstalled(command.get(0));
        Assumptions.assumeTrue(there, () -> "skipped: " + name + " is not installed");
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PeerProgram program = new PeerProgram(process, log);
        for (int i = 0; i < TRIES && !isListening(port); i++) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new AssertionError(name + " ended: " + program.output());
            }
        }
        return program;
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** All that it has printed so far. */
    public String output() throws IOException {
        return Files.readString(log, StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        assertThat(process.isAlive()).isFalse();
    }
}
