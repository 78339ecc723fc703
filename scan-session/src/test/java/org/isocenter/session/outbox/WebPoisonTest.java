package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.session.hospital.WebStoreDelivery;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A web archive that fails whenever one image is among those that it is sent. */
@Timeout(value = 1, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class WebPoisonTest {
    private static final int IMAGES = 130;
    private static final int POISON = 13;
    private static final int CUT = -1;
    private static final Outbox.Timing QUICK = new Outbox.Timing(
            Duration.ofMillis(50), new BackOff(Duration.ofMillis(5), Duration.ofMillis(20)), Duration.ofHours(1), 500);

    @TempDir
    Path home;

    private HttpServer server;
    private int status;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
        boolean bad = body.contains(TestImages.uid(POISON) + "\0");
        if (!bad || status != CUT) {
            exchange.sendResponseHeaders(bad ? status : 200, -1);
        }
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, CUT})
    void itKeepsBackNoOther(int misdeed) throws Exception {
        status = misdeed;
        URI url = URI.create("http://localhost:" + server.getAddress().getPort() + "/web");
        Destination destination = new Destination.Web(
                "web",
                Destination.WebKind.DICOMWEB,
                url,
                Optional.empty(),
                Optional.empty(),
                Set.of(Service.STORE),
                false);
        DicomSettings settings = new DicomSettings("MR", Optional.empty(), List.of(destination));
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            entries.add(TestImages.entry("web", home, i));
        }
        try (Archive archive = Archive.open(home);
                Outbox outbox = new Outbox(archive.outbox(), () -> settings, List.of(new WebStoreDelivery()), QUICK)) {
            List<Long> numbers = archive.outbox().add(entries);
            outbox.start();
            while (archive.outbox().open().size() > 1) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
            OutboxRow last = archive.outbox().open().get(0);
            assertThat(last.number()).isEqualTo(numbers.get(POISON));
            assertThat(last.state()).isIn(OutboxState.PENDING, OutboxState.SENDING);
            assertThat(last.reason()).contains(url.toString());
        }
    }
}
