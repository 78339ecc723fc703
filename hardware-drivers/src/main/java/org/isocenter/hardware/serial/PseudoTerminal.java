package org.isocenter.hardware.serial;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.isocenter.hardware.transport.TcpListener;
import org.isocenter.hardware.transport.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A serial port with no hardware behind it: another program opens {@link #path} like any port, and this one is the device. Made by
 * the program socat, because Java alone cannot make one; the port can be opened again and again.
 */
public final class PseudoTerminal implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(PseudoTerminal.class);
    private static final int START_MILLIS = 10_000;
    private final Path path;
    private final Process socat;
    private final Transport device;

    private PseudoTerminal(Path path, Process socat, Transport device) {
        this.path = path;
        this.socat = socat;
        this.device = device;
    }

    /**
     * Makes one.
     *
     * @param path the port's name to be; where something else lies it is refused
     * @throws IOException when that name is taken, or socat is missing or fails; the message says what to do
     */
    public static PseudoTerminal open(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " exists already: choose another name for the serial port, or remove it");
        }
        try (TcpListener listener = TcpListener.open("127.0.0.1", 0)) {
            Process socat = start(path, listener.port());
            try {
                return new PseudoTerminal(path, socat, meet(listener, socat));
            } catch (IOException e) {
                socat.destroy();
                throw e;
            }
        }
    }

    private static Process start(Path path, int port) throws IOException {
        // The port is made before the connection; it outlives whoever closes it.
        String terminal = "PTY,rawer,ignoreeof,link=" + path.toAbsolutePath();
        try {
            return new ProcessBuilder("socat", terminal, "TCP:127.0.0.1:" + port + ",nodelay")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "a serial port without hardware needs the program socat: install it (apt-get install socat)", e);
        }
    }

    private static Transport meet(TcpListener listener, Process socat) throws IOException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(START_MILLIS)) {
            Transport device = listener.accept(100);
            if (device != null) {
                return device;
            }
            if (!socat.isAlive()) {
                try (InputStream said = socat.getInputStream()) {
                    String why = new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
                    throw new IOException("socat made no serial port: " + why);
                }
            }
        }
        throw new IOException("socat made no serial port within " + START_MILLIS + " ms");
    }

    /** What the other program opens. */
    public Path path() {
        return path;
    }

    @Override
    public String name() {
        return path.toString();
    }

    @Override
    public int read(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        return device.read(buffer, offset, length, timeoutMillis);
    }

    @Override
    public void write(byte[] buffer, int offset, int length, int timeoutMillis) throws IOException {
        device.write(buffer, offset, length, timeoutMillis);
    }

    /** As if the device were unplugged. */
    @Override
    public void close() {
        device.close();
        socat.destroy();
        try {
            if (!socat.waitFor(2, TimeUnit.SECONDS)) {
                socat.destroyForcibly();
            }
            Files.deleteIfExists(path);
        } catch (InterruptedException e) {
            socat.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            LOG.warn("{} could not be removed", path, e);
        }
    }
}
