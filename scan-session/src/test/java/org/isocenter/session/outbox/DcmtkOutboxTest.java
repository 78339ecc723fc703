package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outbox against DCMTK's storescp, well and ill. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class DcmtkOutboxTest {
    private static final int IMAGES = 30;
    private static final Outbox.Timing QUICK = new Outbox.Timing(
            Duration.ofMillis(50),
            new BackOff(Duration.ofMillis(50), Duration.ofMillis(200)),
            Duration.ofHours(1),
            500);

    @TempDir
    Path folder;

    private Archive archive;
    private List<Long> numbers;
    private int port;

    @BeforeEach
    void fill() throws Exception {
        archive = Archive.open(folder.resolve("home"));
        port = PeerProgram.freePort();
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            entries.add(TestImages.entry("pacs", folder, i));
        }
        numbers = archive.outbox().add(entries);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    private Outbox start() {
        Destination destination = new Destination.Dimse(
                "pacs", "STORE", "127.0.0.1", port, Optional.empty(), Set.of(Service.STORE), false);
        DicomSettings settings = new DicomSettings("MR", Optional.empty(), List.of(destination));
        Outbox outbox = new Outbox(archive.outbox(), () -> settings, List.of(new StoreDelivery()), QUICK);
        outbox.start();
        return outbox;
    }

    private PeerProgram storescp(String... options) throws Exception {
        Files.createDirectories(folder.resolve("in"));
        List<String> command = new ArrayList<>(List.of("storescp", "-od", "in", "-aet", "STORE"));
        command.addAll(List.of(options));
        command.add(Integer.toString(port));
        return PeerProgram.start(folder, port, command);
    }

    private List<OutboxRow> await(Predicate<List<OutboxRow>> condition) throws InterruptedException {
        while (true) {
            List<OutboxRow> rows = numbers.stream()
                    .map(n -> archive.outbox().find(n).orElseThrow())
                    .toList();
            if (condition.test(rows)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static boolean allSent(List<OutboxRow> rows) {
        return rows.stream().allMatch(row -> row.state() == OutboxState.SENT);
    }

    private static boolean anyFailure(List<OutboxRow> rows) {
        return rows.stream().anyMatch(row -> row.attempts() > 0);
    }

    private void assertAllArrived() {
        assertThat(folder.resolve("in").toFile().list()).hasSize(IMAGES);
    }

    @Test
    void whatCouldNotBeSentWhileThePeerWasDownIsSentWhenItIsUp() throws Exception {
        try (Outbox outbox = start()) {
            List<OutboxRow> rows = await(DcmtkOutboxTest::anyFailure);
            assertThat(rows)
                    .filteredOn(row -> row.attempts() > 0)
                    .allSatisfy(row -> assertThat(row.reason()).contains("nothing listens there"));
            try (PeerProgram peer = storescp()) {
                await(DcmtkOutboxTest::allSent);
            }
        }
        assertAllArrived();
    }

    @Test
    void whatAPeerWithAFullDiskDidNotTakeIsSentWhenItHasRoomAgain() throws Exception {
        Path in = folder.resolve("in");
        try (SmallDisk disk = SmallDisk.at(in, "200k");
                PeerProgram peer = storescp();
                Outbox outbox = start()) {
            List<OutboxRow> rows = await(DcmtkOutboxTest::anyFailure);
            assertThat(rows).as("refused or lost for good").noneMatch(row -> row.state() == OutboxState.FAILED);
            disk.enlarge("4m");
            await(DcmtkOutboxTest::allSent);
            assertAllArrived();
            for (Path file : filesIn(in)) {
                assertThat(Files.size(file)).isGreaterThan(TestImages.PIXEL_BYTES);
            }
        }
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /** Refuses us, breaks off while it takes an image, breaks off after it has taken one. */
    @ParameterizedTest
    @ValueSource(strings = {"--refuse", "--abort-during", "--abort-after"})
    void whatAnIllPeerDidNotTakeIsSentWhenItIsWell(String illness) throws Exception {
        try (PeerProgram peer = storescp(illness);
                Outbox outbox = start()) {
            await(DcmtkOutboxTest::anyFailure);
        }
        try (PeerProgram peer = storescp();
                Outbox outbox = start()) {
            await(DcmtkOutboxTest::allSent);
        }
        assertAllArrived();
    }
}
