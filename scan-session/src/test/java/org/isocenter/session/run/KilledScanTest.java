package org.isocenter.session.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.isocenter.model.RawData;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.journal.Journal;
import org.isocenter.session.journal.JournalReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan in another program that is ended without warning (SIGKILL), or by Ctrl-C (SIGINT). */
@Timeout(value = 3, unit = TimeUnit.MINUTES) // a hang is a failure, not a test run without an end
class KilledScanTest {
    private static final int SIGINT = 2;

    @TempDir
    Path folder;

    /** Two moments for each seed: twenty in all. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyReadoutThatWasShownIsThereAfterAKill(long seed) throws Exception {
        Random random = new Random(seed);
        List<Killed> killed = new ArrayList<>();
        // Both at once: half the time, and the other one's load shakes the moment.
        for (int i = 0; i < 2; i++) {
            killed.add(new Killed(folder.resolve("child-" + i), random.nextInt(ChildScan.READOUTS + 1)));
        }
        for (Killed child : killed) {
            child.killWhenSeen();
        }
        for (Killed child : killed) {
            RawData kept = child.kept();
            assertThat(kept.size())
                    .as("readouts kept, of %d shown", child.shown)
                    .isGreaterThanOrEqualTo(child.shown);
            for (int i = 0; i < kept.size(); i++) {
                assertThat(kept.readout(i).header().scanCounter()).isEqualTo(i);
            }
        }
    }

    @Test
    void theArchiveOffersToFinishAKilledScanAndDoesIt() throws Exception {
        Killed child = new Killed(folder.resolve("child"), ChildScan.READOUTS / 2);
        child.killWhenSeen();
        try (Archive archive = Archive.open(child.archive())) {
            List<ArchivedScan> offered = archive.interrupted();
            assertThat(offered).hasSize(1);
            assertThat(offered.get(0).directory()).isEqualTo(child.out());
            try (ScanSession session = new ScanSession(archive)) {
                session.finish(offered.get(0));
                ScanResult result = session.awaitEnd();
                assertThat(result.volumes()).hasSize(1);
                assertThat(result.volumes().get(0).acquiredFraction()).isLessThan(1);
            }
            assertThat(archive.interrupted()).isEmpty();
            ArchivedScan finished = archive.scan(offered.get(0).id()).orElseThrow();
            assertThat(finished.state()).isEqualTo("ABORTED");
            assertThat(finished.readouts()).isGreaterThanOrEqualTo(child.shown);
            assertThat(MrdFile.read(child.out().resolve("raw.h5")).raw().size()).isEqualTo(finished.readouts());
            assertThat(archive.outbox().ofScan(finished.id()))
                    .as("its image goes where the scan's were to go")
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.destination()).isEqualTo("pacs");
                        assertThat(row.commits()).isTrue();
                        assertThat(row.file().orElseThrow())
                                .exists()
                                .hasParent(child.out().resolve("dicom"));
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalToEndKeepsTheDataAndItsExitCode(String signal, int exitCode) throws Exception {
        assumeFalse(
                signal.equals("INT") && startsDeafToInterrupts(),
                "started in the background, where shells ignore SIGINT");
        Path out = folder.resolve("out");
        ProcessBuilder builder = java(
                "-Disocenter.home=" + folder.resolve("home"),
                "org.isocenter.session.cli.Main",
                "scan",
                "gre2d",
                "--device",
                "virtual:ideal?phantom=bottle&pace=real",
                "--out",
                out.toString());
        Process process = builder.redirectErrorStream(true).start();
        try (BufferedReader lines = reader(process)) {
            String line = lines.readLine();
            assertThat(line).startsWith("scanning:");
            while (!Files.exists(out.resolve(Journal.FILE_NAME))
                    || JournalReader.read(out.resolve(Journal.FILE_NAME)).raw().size() == 0) {
                letOthersRun();
            }
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                    .start()
                    .waitFor();
            List<String> rest = lines.lines().toList();
            assertThat(rest)
                    .anyMatch(l -> l.startsWith("isocenter: interrupted") && l.contains("data so far are kept"));
            assertThat(process.waitFor()).isEqualTo(exitCode);
        } finally {
            process.destroyForcibly();
        }
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isPositive();
        assertThat(out.resolve("report.json")).exists();
    }

    /** Whether what this process starts ignores SIGINT, as all does that a shell without a terminal starts in the background. */
    private static boolean startsDeafToInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).trim(), 16) & 1L << SIGINT - 1) != 0);
    }

    private static ProcessBuilder java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        if (Runtime.version().feature() >= 22) {
            // As the launcher does: newer Java warns on standard error when SQLite is loaded.
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A child that is killed as soon as it has reported so many readouts. */
    private static final class Killed {
        private final Path folder;
        private final int killAt;
        private final Process process;
        private int shown;

        Killed(Path folder, int killAt) throws IOException {
            this.folder = folder;
            this.killAt = killAt;
            process = java(ChildScan.class.getName(), archive().toString(), out().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        Path archive() {
            return folder.resolve("archive");
        }

        Path out() {
            return folder.resolve("out");
        }

        void killWhenSeen() throws Exception {
            try (BufferedReader lines = reader(process)) {
                String line = lines.readLine();
                while (line != null && Integer.parseInt(line) < killAt) {
                    line = lines.readLine();
                }
                assertThat(line).as("the child ended early").isNotNull();
                // By its handle: the process object would close the stream, with lines unread.
                process.toHandle().destroyForcibly();
                // What it still printed before it died was shown too.
                shown = Integer.parseInt(line);
                for (line = lines.readLine(); line != null && line.matches("\\d+"); line = lines.readLine()) {
                    shown = Integer.parseInt(line);
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }

        /** From the journal, or from raw.h5 when the child was already done with the journal. */
        RawData kept() throws IOException {
            Path journal = out().resolve(Journal.FILE_NAME);
            return Files.exists(journal)
                    ? JournalReader.read(journal).raw()
                    : MrdFile.read(out().resolve("raw.h5")).raw();
        }
    }

    private static void letOthersRun() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the awaited did not come");
        }
        Thread.yield();
    }
}
