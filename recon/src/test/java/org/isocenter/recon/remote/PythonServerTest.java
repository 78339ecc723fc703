package org.isocenter.recon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.isocenter.model.ImageVolume;
import org.isocenter.model.RawData;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Against python-ismrmrd-server, where the variable {@value #SERVER} names its folder and PYTHONPATH has its ismrmrd module. It
 * imports h5py, matplotlib and xsdata.
 */
@Timeout(120)
class PythonServerTest {
    private static final String SERVER = "PYTHON_ISMRMRD_SERVER";

    /** Its images have 12 bits. */
    private static final double QUANTISED = 1e-3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void itsSimpleReconstructionIsOurs(boolean interleaved) throws Exception {
        String server = System.getenv(SERVER);
        Assumptions.assumeTrue(
                server != null && Files.isRegularFile(Path.of(server, "main.py")),
                () -> "skipped: " + SERVER + " does not name python-ismrmrd-server's folder");
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Process process = new ProcessBuilder(
                        "/usr/bin/python3",
                        "main.py",
                        "-H",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-l",
                        folder.resolve("log.txt").toString())
                .directory(Path.of(server).toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out.txt").toFile())
                .start();
        try {
            awaitListening(port, process);
            RawData raw = interleaved ? Scans.interleaved(3) : Scans.small("2D", 3);
            ImageVolume ours =
                    new StandardReconstruction().reconstruct(raw).volumes().get(0);
            MrdServer there = MrdServer.at(
                    "127.0.0.1:" + port, new MrdServer.Configuration("simplefft", ""), Duration.ofSeconds(60));
            Reconstruction.Result result = new RemoteReconstruction(there, null, RemoteListener.NONE).reconstruct(raw);
            assertThat(result.volumes()).hasSize(1);
            ImageVolume theirs = result.volumes().get(0);
            assertThat(theirs.slices()).isEqualTo(3);
            for (int slice = 0; slice < 3; slice++) {
                assertThat(differenceUpToScale(theirs, ours, slice)).isLessThan(QUANTISED);
            }
            assertThat(theirs.geometry()
                            .voxelMeters(0, 0, 1)
                            .minus(ours.geometry().voxelMeters(0, 0, 1))
                            .norm())
                    .isLessThan(1e-6);
            assertThat(result.notes()).noneMatch(note -> note.contains("ERROR"));
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** Each connection that is refused shows that it does not listen yet; the test's time-out ends a wait in vain. */
    private static void awaitListening(int port, Process process) throws IOException {
        while (true) {
            try (Socket socket = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IOException("python-ismrmrd-server ended: " + process.exitValue(), e);
                }
            }
        }
    }

    private static double differenceUpToScale(ImageVolume a, ImageVolume b, int slice) {
        int pixels = a.columns() * a.rows();
        double ab = 0;
        double bb = 0;
        double aa = 0;
        for (int i = slice * pixels; i < (slice + 1) * pixels; i++) {
            ab += (double) a.pixels()[i] * b.pixels()[i];
            bb += (double) b.pixels()[i] * b.pixels()[i];
            aa += (double) a.pixels()[i] * a.pixels()[i];
        }
        return Math.sqrt(Math.max(0, 1 - ab * ab / (aa * bb)));
    }
}
