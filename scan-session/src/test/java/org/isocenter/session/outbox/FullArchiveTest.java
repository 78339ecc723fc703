package org.isocenter.session.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.archive.OutboxState;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import org.isocenter.testing.Archives;
import org.isocenter.testing.PeerProgram;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Archives of others whose disk is full, with their index on it. */
@Timeout(value = 2, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class FullArchiveTest {
    private static final int IMAGES = 30;
    private static final int PREAMBLE = 128;
    private static final Outbox.Timing QUICK = new Outbox.Timing(
            Duration.ofMillis(50),
            new BackOff(Duration.ofMillis(50), Duration.ofMillis(500)),
            Duration.ofHours(1),
            500);

    @TempDir
    Path folder;

    /** The sizes leave room for the index and some of the images. */
    @ParameterizedTest
    @CsvSource({"ORTHANC, orthanc, 700k", "ARCHIVE, dcmqrscp, 400k"})
    void whatAFullArchiveDidNotTakeIsThereOnceAndWholeWhenItHasRoomAgain(String title, String data, String size)
            throws Exception {
        int port = PeerProgram.freePort();
        Destination destination =
                new Destination.Dimse("pacs", title, "127.0.0.1", port, Optional.empty(), Set.of(Service.STORE), false);
        DicomSettings settings = new DicomSettings("ISOCENTER", Optional.empty(), List.of(destination));
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < IMAGES; i++) {
            entries.add(TestImages.entry("pacs", folder, i));
        }
        try (SmallDisk disk = SmallDisk.at(folder.resolve(data), size);
                PeerProgram program = start(title, port);
                Archive archive = Archive.open(folder.resolve("home"))) {
            List<Long> numbers = archive.outbox().add(entries);
            try (Outbox outbox = new Outbox(archive.outbox(), () -> settings, List.of(new StoreDelivery()), QUICK)) {
                outbox.start();
                List<OutboxRow> rows =
                        await(archive, numbers, all -> all.stream().anyMatch(row -> row.attempts() > 0));
                assertThat(rows).as("refused or lost for good").noneMatch(row -> row.state() == OutboxState.FAILED);
                disk.enlarge("8m");
                await(archive, numbers, all -> all.stream().allMatch(row -> row.state() == OutboxState.SENT));
            }
            assertWhole(folder.resolve(data), entries);
        }
    }

    private PeerProgram start(String title, int port) throws Exception {
        int nobody = 1;
        return title.equals("ORTHANC") ? Archives.orthanc(folder, port, "") : Archives.dcmqrscp(folder, port, nobody);
    }

    private static List<OutboxRow> await(Archive archive, List<Long> numbers, Predicate<List<OutboxRow>> condition)
            throws InterruptedException {
        while (true) {
            List<OutboxRow> rows = archive.outbox().find(numbers);
            if (condition.test(rows)) {
                return rows;
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Looks at the files that the archive keeps, whatever it calls them. */
    private static void assertWhole(Path data, List<OutboxEntry> sent) throws IOException {
        Map<String, Attributes> kept = new HashMap<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(FullArchiveTest::isImage).toList()) {
                Optional<Attributes> image = read(file);
                image.ifPresent(whole -> assertThat(kept.put(whole.getString(Tag.SOPInstanceUID), whole))
                        .as("another of the same instance")
                        .isNull());
            }
        }
        assertThat(kept).hasSameSizeAs(sent);
        for (OutboxEntry entry : sent) {
            assertThat(kept.get(entry.subjectUid()))
                    .isEqualTo(DicomReader.read(entry.file().orElseThrow()).dataset());
        }
    }

    /** Empty for one that the archive could not finish: it has answered no to that, and leaves the rest of it lying. */
    private static Optional<Attributes> read(Path file) throws IOException {
        try {
            return Optional.of(DicomReader.read(file).dataset());
        } catch (DicomFormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isImage(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(PREAMBLE);
            return Arrays.equals(in.readNBytes(4), "DICM".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            return false; // a folder, or shorter
        }
    }
}
