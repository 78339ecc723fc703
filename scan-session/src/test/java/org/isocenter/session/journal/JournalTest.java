package org.isocenter.session.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.isocenter.model.RawData;
import org.isocenter.model.Readout;
import org.isocenter.model.ScanHeader;
import org.isocenter.session.Examples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final int LINES = 12;

    @TempDir
    Path folder;

    @Test
    void whatWasWrittenIsReadBack() throws IOException {
        List<Readout> written = readouts(2);
        Path file = write(written, "DONE");
        RecoveredScan found = JournalReader.read(file);
        assertThat(found.raw().header().study()).isEqualTo(header().study());
        assertThat(found.report()).isEqualTo("{\"a\":1}");
        assertThat(found.endState()).isEqualTo("DONE");
        assertThat(found.lostBytes()).isZero();
        assertThat(found.damage()).isEmpty();
        assertThat(found.notes()).isEmpty();
        assertSame(found.raw(), written, LINES);
        assertThat(found.raw().isComplete()).isTrue();
    }

    @Test
    void everyReadoutIsOnDiskWhenItIsShown() throws IOException {
        Path file = folder.resolve(Journal.FILE_NAME);
        RawData raw = new RawData(header(), LINES);
        AtomicBoolean lagged = new AtomicBoolean();
        try (Journal journal = Journal.create(file, raw, "{}", () -> {
            try {
                int shown = raw.size();
                if (JournalReader.read(file).raw().size() < shown) {
                    lagged.set(true);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        })) {
            for (Readout readout : readouts(1)) {
                journal.append(readout);
            }
        }
        assertThat(raw.size()).isEqualTo(LINES);
        assertThat(lagged).isFalse();
        assertThat(JournalReader.read(file).isEnded()).isFalse();
    }

    @Test
    void aJournalCutAtAnyByteGivesAllWholeReadoutsBeforeTheCut() throws IOException {
        List<Readout> written = readouts(1);
        byte[] whole = Files.readAllBytes(write(written, "ABORTED"));
        int recordBytes = (int) Journal.recordBytes(written.get(0).header(), 0);
        List<Integer> ends = recordEnds(whole);
        int headerEnd = ends.get(0);
        Path torn = folder.resolve("torn.mrdj");
        for (int length = headerEnd; length < whole.length; length += length % 7 == 0 ? 1 : 3) {
            Files.write(torn, Arrays.copyOf(whole, length));
            RecoveredScan found = JournalReader.read(torn);
            int cut = length;
            int expected = (int) ends.subList(2, 2 + LINES).stream()
                    .filter(end -> end <= cut)
                    .count();
            assertSame(found.raw(), written, expected);
            assertThat(found.goodBytes() + found.lostBytes()).isEqualTo(length);
            assertThat(found.lostBytes()).isLessThan(recordBytes);
            assertThat(found.isEnded()).isFalse();
        }
    }

    @Test
    void aJournalThatEndsWithinItsHeaderIsRefusedWithTheReason() throws IOException {
        byte[] whole = Files.readAllBytes(write(readouts(1), "DONE"));
        int headerEnd = recordEnds(whole).get(0);
        Path torn = folder.resolve("torn.mrdj");
        for (int length = 0; length < headerEnd; length += 5) {
            Files.write(torn, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> JournalReader.read(torn))
                    .isInstanceOf(JournalFormatException.class)
                    .hasMessageContaining("torn.mrdj");
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void oneFlippedBitLosesNothingBeforeIt(long seed) throws IOException {
        List<Readout> written = readouts(1);
        byte[] whole = Files.readAllBytes(write(written, "DONE"));
        List<Integer> ends = recordEnds(whole);
        Random random = new Random(seed);
        Path damaged = folder.resolve("damaged.mrdj");
        for (int round = 0; round < 100; round++) {
            int at = ends.get(1) + random.nextInt(whole.length - ends.get(1));
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, bytes);
            RecoveredScan found = JournalReader.read(damaged);
            int intact = (int)
                    ends.subList(2, 2 + LINES).stream().filter(end -> end <= at).count();
            assertSame(found.raw(), written, intact);
            assertThat(found.damage()).isNotEmpty();
            assertThat(found.lostBytes()).isPositive();
        }
    }

    /** Damage that the checksums do not see: made before they were computed. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15})
    void hostileMessagesWithGoodChecksumsEndInAResultOrAnErrorWithTheFilesName(long seed) throws IOException {
        byte[] whole = Files.readAllBytes(write(readouts(1), "DONE"));
        List<Integer> ends = recordEnds(whole);
        Random random = new Random(seed);
        Path hostile = folder.resolve("hostile.mrdj");
        for (int round = 0; round < 300; round++) {
            byte[] bytes = whole.clone();
            int record = random.nextInt(ends.size());
            int start = record == 0 ? JournalFormat.PREAMBLE_BYTES : ends.get(record - 1);
            int payload = start + JournalFormat.FRAME_BYTES;
            int reach = Math.min(ends.get(record) - payload, random.nextBoolean() ? 350 : Integer.MAX_VALUE);
            for (int change = random.nextInt(6); change >= 0; change--) {
                bytes[payload + random.nextInt(reach)] = (byte) random.nextInt(256);
            }
            refit(bytes, start);
            Files.write(hostile, bytes);
            try {
                RecoveredScan found = JournalReader.read(hostile);
                assertThat(found.raw().size()).isLessThanOrEqualTo(LINES);
                assertThat(found.goodBytes() + found.lostBytes()).isEqualTo(bytes.length);
            } catch (JournalFormatException e) {
                assertThat(e).hasMessageContaining("hostile.mrdj");
            }
        }
    }

    @Test
    void anotherFileIsNoJournal() throws IOException {
        Path other = Files.writeString(folder.resolve("other"), "# Pulseq sequence file");
        assertThat(JournalReader.isJournal(other)).isFalse();
        assertThat(JournalReader.isJournal(write(readouts(1), "DONE"))).isTrue();
        assertThatThrownBy(() -> JournalReader.read(other)).hasMessageContaining("no journal of a scan");
    }

    @Test
    void aReadoutThatCannotBeKeptIsReportedAndEndsTheJournal() throws IOException {
        Path file = folder.resolve(Journal.FILE_NAME);
        RawData tooSmall = new RawData(header(), 1);
        Journal journal = Journal.create(file, tooSmall, "{}", () -> {});
        journal.append(readouts(1).get(0));
        assertThatThrownBy(() -> {
                    journal.append(readouts(1).get(1));
                    journal.end("DONE");
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        assertThat(JournalReader.read(file).isEnded()).isFalse();
    }

    @Test
    void anExistingJournalIsNeverOverwritten() throws IOException {
        Path file = write(readouts(1), "DONE");
        byte[] before = Files.readAllBytes(file);
        assertThatThrownBy(() -> Journal.create(file, new RawData(header(), 1), "{}", () -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    private Path write(List<Readout> readouts, String state) throws IOException {
        Path file = folder.resolve(Journal.FILE_NAME);
        Files.deleteIfExists(file);
        RawData raw = new RawData(header(), readouts.size());
        try (Journal journal = Journal.create(file, raw, "{\"a\":1}", () -> {})) {
            for (Readout readout : readouts) {
                journal.append(readout);
            }
            journal.end(state);
        }
        assertThat(raw.isComplete()).isTrue();
        return file;
    }

    private static ScanHeader header() {
        return Examples.header("scan-1", Examples.study("1.2.3"), 32, LINES);
    }

    private static List<Readout> readouts(int channels) {
        Random random = new Random(5);
        List<Readout> readouts = new ArrayList<>();
        for (int i = 0; i < LINES; i++) {
            readouts.add(Examples.readout(i, LINES, 32, channels, random));
        }
        return readouts;
    }

    private static void assertSame(RawData found, List<Readout> written, int count) {
        assertThat(found.size()).isEqualTo(count);
        assertThat(found.expected()).isEqualTo(LINES);
        for (int i = 0; i < count; i++) {
            assertThat(found.readout(i).header()).isEqualTo(written.get(i).header());
            assertThat(found.readout(i).real()).isEqualTo(written.get(i).real());
            assertThat(found.readout(i).imaginary()).isEqualTo(written.get(i).imaginary());
        }
    }

    /** Where each record ends: header, report, readouts, end state, close. */
    private static List<Integer> recordEnds(byte[] journal) {
        ByteBuffer bytes = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> ends = new ArrayList<>();
        int at = JournalFormat.PREAMBLE_BYTES;
        while (at < journal.length) {
            at += JournalFormat.FRAME_BYTES + bytes.getInt(at);
            ends.add(at);
        }
        assertThat(ends).hasSize(LINES + 4);
        return ends;
    }

    private static void refit(byte[] journal, int recordStart) {
        ByteBuffer bytes = ByteBuffer.wrap(journal).order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.getInt(recordStart);
        bytes.putInt(
                recordStart + 4, JournalFormat.checksum(bytes.slice(recordStart + JournalFormat.FRAME_BYTES, length)));
    }
}
