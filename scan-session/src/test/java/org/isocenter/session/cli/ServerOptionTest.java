package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.isocenter.model.RawData;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.mrd.MrdMessage;
import org.isocenter.recon.mrd.MrdMessages;
import org.isocenter.recon.mrd.MrdNotes;
import org.isocenter.recon.remote.MrdService;
import org.isocenter.recon.standard.StandardReconstruction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerOptionTest {
    @RegisterExtension
    final OwnHome home = new OwnHome();

    @TempDir
    Path folder;

    private MrdService service;
    private String address;

    @BeforeEach
    void serve() throws IOException {
        service = new MrdService(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new MrdService.Settings(asked -> new StandardReconstruction(), 2, Duration.ofSeconds(30), line -> {}));
        address = "127.0.0.1:" + service.address().getPort();
        Thread thread = new Thread(
                () -> {
                    try {
                        service.serve();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                },
                "service");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void aScanIsReconstructedByTheServerWhileItRuns() throws Exception {
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of(
                "scan", "readouts", "--device", "fake:complete", "--out", out, "--server", address, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode report = run.json();
        assertThat(report.at("/reconstruction/steps/0/parameters/server").asText())
                .isEqualTo(address);
        assertThat(report.at("/images")).hasSize(1);
        assertThat(Files.readString(out.resolve("server.log"))).contains("16 readouts came");

        JsonNode here = CommandRun.of("recon", out, "--json", "--out", folder.resolve("here"))
                .json();
        assertThat(report.at("/image/matrix")).isEqualTo(here.at("/image/matrix"));
        assertThat(report.at("/image/voxel")).isEqualTo(here.at("/image/voxel"));
        assertThat(Files.readAllBytes(out.resolve("preview.png")))
                .isEqualTo(Files.readAllBytes(folder.resolve("here/preview.png")));
    }

    @Test
    void aServerThatIsNotThereCostsNothingButANote() throws Exception {
        Path out = folder.resolve("out");
        CommandRun run = CommandRun.of(
                "scan", "readouts", "--device", "fake:complete", "--out", out, "--server", nowhere(), "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/images")).hasSize(1);
        assertThat(run.json().at("/notes").toString()).contains("cannot be reached", "the images were made here");
        assertThat(run.err()).contains("cannot be reached");
    }

    @Test
    void withoutFallBackAServersFailureIsTheExitCodeAndTheDataAreKept() throws Exception {
        Path out = folder.resolve("out");
        CommandRun scan = CommandRun.of(
                "scan", "readouts", "--device", "fake:complete", "--out", out, "--server", nowhere(), "--no-fallback");
        assertThat(scan.exitCode()).isEqualTo(3);
        assertThat(scan.err()).contains("isocenter: the server", "cannot be reached", "--no-fallback");
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().isComplete()).isTrue();

        CommandRun recon =
                CommandRun.of("recon", out, "--server", nowhere(), "--no-fallback", "--out", folder.resolve("two"));
        assertThat(recon.exitCode()).isEqualTo(3);
        assertThat(recon.errorLine()).contains("cannot be reached");
        assertThat(folder.resolve("two/report.json")).doesNotExist();
        CommandRun described = CommandRun.of("recon", out, "--server", nowhere(), "--no-fallback");
        assertThat(described.exitCode()).isEqualTo(3);
        assertThat(described.errorLine()).contains("cannot be reached");
    }

    @Test
    void streamsComeFromStandardInputAndGoToStandardOutput() throws Exception {
        Path out = folder.resolve("out");
        CommandRun.of("scan", "readouts", "--device", "fake:complete", "--out", out);
        RawData raw = MrdFile.read(out.resolve("raw.h5")).raw();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        InputStream before = System.in;
        int code;
        try {
            System.setIn(new ByteArrayInputStream(stream(raw)));
            code = Main.run(
                    new String[] {"recon", "-", "--out", "-"},
                    new Terminal(new PrintStream(answer, true), new PrintStream(new ByteArrayOutputStream()), false));
        } finally {
            System.setIn(before);
        }
        assertThat(code).isZero();
        ByteBuffer bytes = ByteBuffer.wrap(answer.toByteArray());
        assertThat(MrdMessages.read(bytes, new MrdNotes())).isInstanceOf(MrdMessage.Header.class);
        MrdMessage image = MrdMessages.read(bytes, new MrdNotes());
        assertThat(((MrdMessage.Image) image).image().real())
                .containsExactly(new StandardReconstruction()
                        .reconstruct(raw)
                        .volumes()
                        .get(0)
                        .pixels());
        assertThat(MrdMessages.read(bytes, new MrdNotes())).isEqualTo(new MrdMessage.Close());
    }

    @Test
    void aStreamThatSomebodyKeptInAFileIsRawDataToo() throws Exception {
        Path out = folder.resolve("out");
        CommandRun.of("scan", "readouts", "--device", "fake:complete", "--out", out);
        byte[] stream = stream(MrdFile.read(out.resolve("raw.h5")).raw());
        Path kept = Files.write(folder.resolve("kept.mrd"), stream);
        assertThat(CommandRun.of("recon", kept, "--json").json().at("/images"))
                .isNotEmpty()
                .isEqualTo(CommandRun.of("recon", out, "--json").json().at("/images"));
        Path torn = Files.write(folder.resolve("torn.mrd"), Arrays.copyOf(stream, stream.length - 9));
        CommandRun rescued = CommandRun.of("recon", torn, "--json");
        assertThat(rescued.json().at("/images")).isNotEmpty();
        assertThat(rescued.json().at("/notes").toString()).contains("ends within a message after");
        int whole = MrdMessages.header(MrdFile.read(out.resolve("raw.h5")).raw().header())
                .remaining();
        Path nothing = Files.write(folder.resolve("nothing.mrd"), Arrays.copyOf(stream, whole + 90));
        assertThat(CommandRun.of("recon", nothing).errorLine())
                .contains("nothing.mrd: ", "ends within a message, before the first");
        byte[] damaged = Arrays.copyOf(stream, stream.length);
        Arrays.fill(damaged, 200, 210, (byte) '<');
        assertThat(CommandRun.of("recon", Files.write(folder.resolve("damaged.mrd"), damaged))
                        .errorLine())
                .contains("damaged.mrd at XML header");
    }

    @Test
    void senselessAddressesTimesAndFilesAreRefusedInOneLine() {
        assertThat(CommandRun.of("recon", folder, "--server", "host:99999").errorLine())
                .contains("--server host:99999", "1 to 65535");
        assertThat(CommandRun.of("recon", folder, "--server", "host", "--server-timeout", "5")
                        .errorLine())
                .contains("--server-timeout 5", "90s");
        assertThat(CommandRun.of("recon", folder, "--server", "host", "--server-config", "./nothing.xml")
                        .errorLine())
                .contains("nothing.xml");
        assertThat(CommandRun.of("serve", "--listen", "nowhere").errorLine()).contains("--listen nowhere");
    }

    private static byte[] stream(RawData raw) {
        ByteBuffer stream = ByteBuffer.allocate(1 << 20);
        stream.put(MrdMessages.header(raw.header()));
        for (int i = 0; i < raw.size(); i++) {
            MrdMessages.putAcquisition(raw.readout(i), stream);
        }
        stream.put(MrdMessages.close());
        byte[] bytes = new byte[stream.position()];
        stream.get(0, bytes);
        return bytes;
    }

    private static String nowhere() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return "127.0.0.1:" + free.getLocalPort();
        }
    }
}
