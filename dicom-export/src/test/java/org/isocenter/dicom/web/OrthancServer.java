package org.isocenter.dicom.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.isocenter.testing.Peer;
import org.junit.jupiter.api.Assumptions;

/** An Orthanc with its DICOMweb plugin on a free port of this machine. To be closed. */
final class OrthancServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/Orthanc");
    private static final Path PLUGIN = Path.of("/usr/share/orthanc/plugins/libOrthancDicomWeb.so");

    private final Process process;
    private final URI base;

    private OrthancServer(Process process, URI base) {
        this.process = process;
        this.base = base;
    }

    /**
     * Starts one, or skips the test where it is not installed.
     *
     * @param options of its configuration, each with a comma behind
     */
    static OrthancServer start(Path folder, String scheme, String options) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM) && Files.exists(PLUGIN), "skipped: Orthanc with DICOMweb is not installed");
        int port = freePort();
        Files.createDirectories(folder);
        Path configuration = folder.resolve("orthanc.json");
        Files.writeString(
                configuration,
                "{" + options + "\"Name\":\"peer\",\"HttpPort\":" + port + ",\"DicomServerEnabled\":false,"
                        + "\"StorageDirectory\":\"" + folder + "\",\"IndexDirectory\":\"" + folder + "\","
                        + "\"RemoteAccessAllowed\":false,\"DefaultEncoding\":\"Utf8\",\"Plugins\":[\"" + PLUGIN
                        + "\"],\"DicomWeb\":{\"Enable\":true,\"Root\":\"/dicom-web/\"}}");
        Process process = new ProcessBuilder(PROGRAM.toString(), configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("orthanc.log").toFile())
                .start();
        OrthancServer server = new OrthancServer(process, URI.create(scheme + "://localhost:" + port + "/dicom-web"));
        server.awaitPort(port);
        return server;
    }

    URI base() {
        return base;
    }

    static boolean isInstalled() {
        return Files.isExecutable(PROGRAM) && Peer.isInstalled("openssl");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    private void awaitPort(int port) throws IOException, InterruptedException {
        for (int tries = 0; tries < 300 && process.isAlive(); tries++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            } catch (IOException e) {
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
        }
        process.destroyForcibly();
        throw new IOException("Orthanc does not listen: see its log");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
