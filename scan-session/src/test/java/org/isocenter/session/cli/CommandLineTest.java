package org.isocenter.session.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.isocenter.model.PerformedStep;
import org.isocenter.model.RawData;
import org.isocenter.model.Study;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.session.Examples;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.journal.Journal;
import org.isocenter.testing.SharedData;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract with scripts: exit codes, JSON keys, one-line errors, files. */
class CommandLineTest {
    @RegisterExtension
    final OwnHome home = new OwnHome();

    @TempDir
    Path folder;

    private Path out;

    @BeforeEach
    void chooseAFolderForResults() {
        out = folder.resolve("out");
    }

    @Test
    void versionNamesVersionCommitJavaAndSystem() {
        CommandRun run = CommandRun.of("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("Isocenter \\d+\\.\\d+")
                .contains("commit ", "Java ", System.getProperty("os.name"));
    }

    @Test
    void withoutArgumentsTheCommandsAreListed() {
        CommandRun run = CommandRun.of();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("scan", "demo", "sequences", "seq", "raw", "recon", "studies", "devices");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frob", "scan", "scan x --outt y", "seq", "seq frob", "raw", "studies --nope"})
    void badArgumentsAreOneLineThatTellsWhereHelpIs(String arguments) {
        CommandRun run = CommandRun.of((Object[]) arguments.split(" "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("--help");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void aScanLeavesItsFilesAndPrintsItsReport() throws Exception {
        CommandRun run = CommandRun.of("scan", "readouts", "--device", "fake:complete", "--out", out, "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.json())
                .isEqualTo(
                        new ObjectMapper().readTree(out.resolve("report.json").toFile()));
        assertThat(run.json().fieldNames())
                .toIterable()
                .contains("sequence", "checks", "device", "acquisition", "timing", "image", "files", "software");
        assertThat(out.resolve("raw.h5")).exists();
        assertThat(out.resolve("dicom")).isDirectoryContaining("glob:**.dcm");
    }

    @Test
    void aScanTellsPeopleWhatItDidAndWhere() {
        CommandRun run = CommandRun.of("scan", "readouts", "--device", "fake:complete", "--out", out);
        assertThat(run.out()).contains("Readouts: done", "16×16", out.toString(), "note: a note");
    }

    @Test
    void resultsAreOverwrittenOnlyByForce() {
        Object[] scan = {"scan", "readouts", "--device", "fake:complete", "--out", out};
        assertThat(CommandRun.of(scan).exitCode()).isZero();
        CommandRun again = CommandRun.of(scan);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.errorLine()).contains("--force", out.toString());
        Object[] forced = Arrays.copyOf(scan, scan.length + 1);
        forced[scan.length] = "--force";
        assertThat(CommandRun.of(forced).exitCode()).isZero();
    }

    @Test
    void aFailingDeviceIsExitCodeThreeAndTheDataSoFarAreKept() throws Exception {
        CommandRun run = CommandRun.of("scan", "readouts", "--device", "fake:fail", "--out", out, "--json");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errorLine()).contains("the link broke: check the cable");
        assertThat(run.out()).isEmpty();
        assertThat(MrdFile.read(out.resolve("raw.h5")).raw().size()).isEqualTo(5);
    }

    @Test
    void anAbsentDeviceIsExitCodeThree() {
        CommandRun run = CommandRun.of("scan", "readouts", "--device", "fake:absent", "--out", out);
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errorLine()).contains("switch it on");
        assertThat(CommandRun.of("devices", "fake:absent").exitCode()).isEqualTo(3);
    }

    @Test
    void aSafetyLimitIsExitCodeFourAndNamesBlockEventAndLimit() {
        CommandRun run = CommandRun.of(
                "scan", "readouts", "--set", "G=100MHz", "--device", "fake:complete", "--out", out, "--json");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.errorLine()).contains("block 1", "gradient x", "40 mT/m");
        assertThat(out).doesNotExist();
    }

    @Test
    void aSimulatedScannersLimitNamesTheOneThatHasNone() {
        CommandRun run =
                CommandRun.of("scan", "readouts", "--set", "G=10MHz", "--device", "virtual:ideal", "--out", out);
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.errorLine()).contains("40 mT/m", "--device virtual:boundless");
        assertThat(out).doesNotExist();
    }

    @Test
    void anotherSystemsLimitsAreKeptAsWell() {
        Object[] scan = {"scan", "readouts", "--set", "G=1MHz", "--device", "fake:complete", "--out", out, "--system"};
        Object[] gentle = Arrays.copyOf(scan, scan.length + 1);
        gentle[scan.length] = "osi2one";
        CommandRun refused = CommandRun.of(gentle);
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.errorLine()).contains("on system 'osi2one'", "15 mT/m");
        gentle[scan.length] = "virtual";
        assertThat(CommandRun.of(gentle).exitCode()).isZero();
    }

    @Test
    void aSequenceWithoutAdcIsRefused() throws Exception {
        Path file = folder.resolve("silent.seq");
        CommandRun.of("seq", "generate", "fid", "--out", file);
        List<String> lines = Files.readAllLines(file);
        int blocks = lines.indexOf("[BLOCKS]");
        for (int i = blocks + 1; !lines.get(i).isBlank(); i++) {
            // NUM DUR RF GX GY GZ ADC EXT: the seventh number is the ADC.
            lines.set(i, lines.get(i).strip().replaceFirst("^((?:\\S+\\s+){6})\\S+", "$1" + "0"));
        }
        Files.write(file, lines);
        CommandRun run = CommandRun.of("scan", file, "--device", "fake:complete", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("no ADC window", "silent.seq");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--set TR=1ms",
                "--set TR=20",
                "--set XX=1ms",
                "--set TR",
                "--device nowhere:x",
                "--device virtual:nope",
                "--device virtual:?phantom=elephant",
                "--phantom bottle",
                "--system /no/such/profile.yaml"
            })
    void whatTheUserCanMendIsExitCodeTwoAndLeavesNothing(String options) {
        String device = options.contains("--device") ? "" : " --device fake:complete";
        CommandRun run = CommandRun.of((Object[]) ("scan readouts --out " + out + " " + options + device).split(" "));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.errorLine()).contains(": ");
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aTruncatedSequenceFileIsOneLineWithItsNameAndNothingIsLeft(long seed) throws Exception {
        Path whole = folder.resolve("whole.seq");
        CommandRun.of("seq", "generate", "gre2d", "--out", whole);
        byte[] bytes = Files.readAllBytes(whole);
        Path torn = folder.resolve("torn.seq");
        Files.write(torn, Arrays.copyOf(bytes, new Random(seed).nextInt(bytes.length * 9 / 10)));
        CommandRun run = CommandRun.of("scan", torn, "--device", "fake:complete", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains(torn.toString());
        assertThat(out).doesNotExist();
        assertThat(CommandRun.of("seq", "info", torn).exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("seq", "check", torn).exitCode()).isEqualTo(2);
    }

    @Test
    void aDamagedLineOfASequenceFileIsNamedWithItsSection() throws Exception {
        Path file = folder.resolve("bad.seq");
        CommandRun.of("seq", "generate", "gre2d", "--out", file);
        List<String> lines = Files.readAllLines(file);
        int block = lines.indexOf("[BLOCKS]") + 2;
        lines.set(block, "1 what is this");
        Files.write(file, lines);
        assertThat(CommandRun.of("scan", file, "--device", "fake:complete", "--out", out)
                        .errorLine())
                .contains("bad.seq line " + (block + 1), "[BLOCKS]");
    }

    @Test
    void aSequenceFileTakesNoParameters() throws Exception {
        Path file = folder.resolve("x.seq");
        CommandRun.of("seq", "generate", "gre2d", "--out", file);
        CommandRun run = CommandRun.of("scan", file, "--set", "TE=5ms", "--out", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errorLine()).contains("--set TE=5ms");
    }

    @Test
    void aCheckThatFailsIsExitCodeOne() {
        Path file = folder.resolve("fast.seq");
        CommandRun.of("seq", "generate", "gre2d", "--out", file);
        CommandRun passes = CommandRun.of("seq", "check", file, "--json");
        assertThat(passes.exitCode()).isZero();
        assertThat(passes.json().get("pass").asBoolean()).isTrue();
        CommandRun fails = CommandRun.of("seq", "check", file, "--system", "tabletop", "--json");
        assertThat(fails.exitCode()).isEqualTo(1);
        assertThat(fails.json().get("checks").get(0).fieldNames())
                .toIterable()
                .containsExactly("name", "value", "limit", "unit", "pass", "detail");
        assertThat(CommandRun.of("seq", "check", file, "--system", "tabletop").out())
                .contains("FAIL", "block", "may not run on 'tabletop'");
    }

    @Test
    void theTrajectoryIsACsvOfEverySample() throws Exception {
        Path file = folder.resolve("x.seq");
        Path csv = folder.resolve("new/k.csv");
        CommandRun.of("seq", "generate", "gre2d", "--out", file, "--set", "matrix=16", "--set", "matrixPhase=8");
        int samples = CommandRun.of("seq", "info", file, "--json")
                .json()
                .get("samples")
                .asInt();
        assertThat(CommandRun.of("seq", "trajectory", file, "--out", csv).exitCode())
                .isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("t_s,kx_1/m,ky_1/m,kz_1/m");
        assertThat(lines).hasSize(samples + 1);
        assertThat(lines.get(1).split(",")).hasSize(4).allSatisfy(number -> Double.parseDouble(number));
        assertThat(CommandRun.of("seq", "trajectory", file, "--out", csv).exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("seq", "trajectory", file, "--out", "-").out().lines())
                .containsExactlyElementsOf(lines);
    }

    @Test
    void theWaveformsAreACsvOfEveryCornerInTheStretch() throws Exception {
        Path file = folder.resolve("x.seq");
        Path csv = folder.resolve("w.csv");
        CommandRun.of("seq", "generate", "gre2d", "--out", file, "--set", "matrix=16", "--set", "matrixPhase=8");
        JsonNode summary = CommandRun.of(
                        "seq", "waveforms", file, "--out", csv, "--from", "0.001", "--to", "30ms", "--json")
                .json();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("t_s,gx_Hz/m,gy_Hz/m,gz_Hz/m,rf_Hz,rf_rad,adc");
        assertThat(lines).hasSize(summary.get("rows").asInt() + 1);
        assertThat(lines.get(1)).startsWith("0.001,");
        assertThat(lines.get(lines.size() - 1)).startsWith("0.03,");
        assertThat(summary.get("rfPeakHertz").asDouble()).isPositive();
        assertThat(CommandRun.of("seq", "waveforms", file, "--out", "-", "--to", "1e-3")
                        .out()
                        .lines())
                .last()
                .asString()
                .startsWith("0.001,");
        CommandRun.of("seq", "waveforms", file, "--out", csv, "--force", "--from", "1h")
                .errorLine();
        assertThat(CommandRun.of("seq", "waveforms", file, "--out", csv, "--force", "--from", "1e5")
                        .errorLine())
                .contains("the sequence lasts");
        assertThat(CommandRun.of("seq", "trajectory", file, "--out", "-", "--json")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void infoTellsWhatIsInAFile() {
        Path file = folder.resolve("x.seq");
        CommandRun.of("seq", "generate", "se2d", "--out", file, "--set", "TE=30ms");
        JsonNode info = CommandRun.of("seq", "info", file, "--json").json();
        assertThat(info.fieldNames())
                .toIterable()
                .contains(
                        "version",
                        "signature",
                        "blocks",
                        "events",
                        "duration",
                        "TE",
                        "TR",
                        "fov",
                        "flipAngles",
                        "unsupported");
        assertThat(info.at("/TE/0").asDouble()).isCloseTo(0.03, within(1e-5));
        assertThat(CommandRun.of("seq", "info", file).out())
                .contains("Pulseq 1.5.1", "signature valid", "TE 30", "90.00°");
    }

    @Test
    void convertingRewritesInTheVersionAskedFor() {
        Path file = folder.resolve("x.seq");
        CommandRun.of("seq", "generate", "gre2d", "--out", file);
        CommandRun run = CommandRun.of("seq", "convert", file, "-", "--pulseq-version", "1.4.2");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("[VERSION]\nmajor 1\nminor 4\nrevision 2");
        assertThat(CommandRun.of("seq", "convert", file, "-", "--pulseq-version", "9")
                        .exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("seq", "convert", file, file).errorLine()).contains("--force");
    }

    @Test
    void theLibraryIsListedWithRangesAndReasons() {
        JsonNode list = CommandRun.of("sequences", "--json").json();
        assertThat(list.get("sequences").findValuesAsText("name"))
                .contains("fid", "se2d", "gre2d", "gre3d", "tse2d", "tse3d", "localizer");
        JsonNode parameters =
                CommandRun.of("sequences", "se2d", "--json").json().get("parameters");
        JsonNode te = null;
        for (JsonNode parameter : parameters) {
            te = parameter.get("name").asText().equals("TE") ? parameter : te;
        }
        assertThat(te.get("unit").asText()).isEqualTo("s");
        assertThat(te.get("minimum").asDouble())
                .isBetween(1e-3, te.get("default").asDouble());
        assertThat(te.get("minimumReason").asText()).contains("TE must be");
        assertThat(CommandRun.of("sequences", "se2d").out()).contains("Echo time", "TE must be");
        assertThat(CommandRun.of("sequences", "nothing").exitCode()).isEqualTo(2);
    }

    @Test
    void studiesListsWhatWasScanned() {
        assertThat(CommandRun.of("studies", "--json").json().get("studies")).isEmpty();
        CommandRun.of("scan", "readouts", "--device", "fake:complete", "--out", out);
        JsonNode study =
                CommandRun.of("studies", "--json").json().get("studies").get(0);
        JsonNode shown = CommandRun.of("studies", study.get("instanceUid").asText(), "--json")
                .json();
        assertThat(shown.at("/scans/0/state").asText()).isEqualTo("DONE");
        assertThat(shown.at("/scans/0/series/0/images").asInt()).isEqualTo(1);
        assertThat(shown.at("/scans/0/files")).isNotEmpty();
        assertThat(CommandRun.of("studies", "1.2.3").exitCode()).isEqualTo(2);
    }

    @Test
    void aTornJournalIsDescribedConvertedAndRecovered() throws Exception {
        Path journal = tornJournal();
        JsonNode info = CommandRun.of("raw", "info", journal, "--json").json();
        assertThat(info.get("format").asText()).isEqualTo("journal");
        assertThat(info.at("/journal/found").asInt()).isEqualTo(7);
        assertThat(info.at("/journal/lostBytes").asInt()).isPositive();

        Path raw = folder.resolve("converted.h5");
        assertThat(CommandRun.of("raw", "convert", journal, raw).exitCode()).isZero();
        assertThat(MrdFile.read(raw).raw().size()).isEqualTo(7);
        assertThat(CommandRun.of("raw", "convert", journal, raw).exitCode()).isEqualTo(2);

        CommandRun recovered = CommandRun.of("raw", "recover", journal, "--out", out);
        assertThat(recovered.exitCode()).isZero();
        assertThat(recovered.err()).contains("7 of 8 readouts found", "bytes cut off");
        assertThat(out.resolve("report.json")).exists();
        assertThat(journal).exists();
        assertThat(CommandRun.of("recon", journal, "--json").json().get("images"))
                .hasSize(1);
    }

    @Test
    void theHospitalIsToldOfAnExamWhoseScanIsRecovered() throws Exception {
        Study made = Examples.study("1.2.3");
        Study study = made.withPerformed(new PerformedStep("1.2.3.9", "PPS1", made.start(), "knee"));
        Path journal = tornJournal(study);
        try (Archive archive = Archive.openDefault()) {
            archive.begin(Examples.header("scan-7", study, 32, 8), folder, 8, "SCANNING");
            archive.update("scan-7", "FAILED", 7);
            assertThat(archive.performedSteps().find("1.2.3.9").orElseThrow().told())
                    .isEmpty();
        }
        CommandRun recovered = CommandRun.of("raw", "recover", journal);
        assertThat(recovered.exitCode()).as(recovered.err()).isZero();
        try (Archive archive = Archive.openDefault()) {
            assertThat(archive.performedSteps().find("1.2.3.9").orElseThrow().told())
                    .hasValueSatisfying(series -> assertThat(series).isNotEmpty());
        }
    }

    @Test
    void theFolderOfAScanDoesInPlaceOfTheFilesInIt() throws Exception {
        Path scan = Files.createDirectory(folder.resolve("scan"));
        Files.move(tornJournal(), scan.resolve("journal.mrdj"));
        assertThat(CommandRun.of("raw", "info", scan, "--json")
                        .json()
                        .get("format")
                        .asText())
                .isEqualTo("journal");
        CommandRun recovered = CommandRun.of("raw", "recover", scan);
        assertThat(recovered.exitCode()).isZero();
        assertThat(scan.resolve("raw.h5")).exists();
        assertThat(scan.resolve("report.json")).exists();
        assertThat(CommandRun.of("raw", "info", scan, "--json")
                        .json()
                        .get("format")
                        .asText())
                .isEqualTo("mrd");
        assertThat(CommandRun.of("recon", scan, "--json").json().get("images")).hasSize(1);

        Files.delete(scan.resolve("journal.mrdj"));
        CommandRun finished = CommandRun.of("raw", "recover", scan);
        assertThat(finished.exitCode()).isEqualTo(2);
        assertThat(finished.errorLine()).contains("no journal.mrdj", scan.toString(), "was finished");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(CommandRun.of("raw", "info", empty).errorLine()).contains("neither raw.h5 nor journal.mrdj");
        assertThat(CommandRun.of("raw", "recover", empty).errorLine()).contains("name the folder of a scan");
    }

    @Test
    void aScanThatAnInterlockStoppedIsInTheArchiveWithTheReason() {
        CommandRun scan = CommandRun.of("scan", "readouts", "--device", "fake:trip", "--out", out);
        assertThat(scan.exitCode()).isEqualTo(4);
        assertThat(scan.err()).contains("an interlock stopped the scan (door: the door is open)");
        String study = CommandRun.of("studies", "--json")
                .json()
                .at("/studies/0/instanceUid")
                .asText();
        assertThat(CommandRun.of("studies", study).out()).contains("stopped by an interlock, door: the door is open");
    }

    @Test
    void whatIsNoRawDataIsRefusedWithItsName() throws Exception {
        Path other = Files.writeString(folder.resolve("other.h5"), "no such thing");
        for (String command : List.of("info", "recover")) {
            CommandRun run = CommandRun.of("raw", command, other);
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errorLine()).contains("other.h5");
        }
        assertThat(CommandRun.of("recon", folder.resolve("missing.h5"), "--out", out)
                        .errorLine())
                .contains("missing.h5");
        assertThat(out).doesNotExist();
    }

    @Test
    void rawDataOfAnotherConsoleAreReconstructedAndEachWrongFieldIsNamed() {
        Path theirs = SharedData.path("kspace/osi2/osi2_tse3d.mrd");
        CommandRun run = CommandRun.of("recon", theirs, "--out", out);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "100×100×10",
                        "patientPosition",
                        "systemFieldStrength_T is 48511.9",
                        "H1resonanceFrequency_Hz is 2065640000000");
        assertThat(out.resolve("preview.png")).exists();
        assertThat(out.resolve("dicom")).isDirectoryContaining("glob:**.dcm");
    }

    @Test
    void aResearchersFileGivesAnImageOnTheVirtualScanner() throws Exception {
        Path file = SharedData.path("seq/v150_tse.seq");
        CommandRun run = CommandRun.of("scan", file, "--phantom", "bottle", "--seed", "3", "--out", out, "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().at("/image/snr").asDouble()).isGreaterThan(10);
        assertThat(Files.readAllBytes(out.resolve("sequence.seq"))).isEqualTo(Files.readAllBytes(file));
    }

    private Path tornJournal() throws Exception {
        return tornJournal(Examples.study("1.2.3"));
    }

    private Path tornJournal(Study study) throws Exception {
        int lines = 8;
        Random random = new Random(3);
        RawData raw = new RawData(Examples.header("scan-7", study, 32, lines), lines);
        Path journal = folder.resolve(Journal.FILE_NAME);
        try (Journal writer = Journal.create(journal, raw, "{}", () -> {})) {
            for (int i = 0; i < lines; i++) {
                writer.append(Examples.readout(i, lines, 32, 1, random));
            }
        }
        byte[] bytes = Files.readAllBytes(journal);
        Files.write(journal, Arrays.copyOf(bytes, bytes.length - 20));
        assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("ISOJ");
        return journal;
    }
}
