package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.model.Encoding;
import org.isocenter.model.RawData;
import org.isocenter.model.ScanHeader;
import org.isocenter.recon.mrd.MrdFile;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.hospital.PerformedStepReports;
import org.isocenter.session.journal.JournalReader;
import org.isocenter.session.journal.RecoveredScan;
import org.isocenter.session.run.Recovery;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanResult;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code isocenter raw}: raw data files and journals. */
@Command(name = "raw", description = "Raw data: what is in it, journal to MRD, salvage of a torn journal.")
final class RawCommand implements Runnable {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec;

    RawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    CommandLine withSubcommands() {
        return new CommandLine(this)
                .addSubcommand(new Info(terminal))
                .addSubcommand(new Convert(terminal))
                .addSubcommand(new Recover(terminal));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Missing a subcommand");
    }

    /**
     * Raw data of either kind.
     *
     * @param kind "journal", "mrd", "array" or "stream"
     * @param recovered of a journal, else null
     */
    record Input(String kind, RawData raw, RecoveredScan recovered, List<String> notes) {}

    /** {@code raw info}. */
    @Command(name = "info", description = "What is in a raw data file or journal.")
    static final class Info implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "RAW", description = RawFiles.DESCRIPTION)
        private Path file;

        @Mixin
        private final RawInputOptions options = new RawInputOptions();

        Info(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, CommandException {
            Input input = options.read(file);
            ScanHeader header = input.raw().header();
            ObjectNode document = Terminal.object()
                    .put("file", file.toString())
                    .put("format", input.kind())
                    .put("scan", header.measurementId())
                    .put("protocol", header.protocolName())
                    .put("sequence", header.sequence().sequenceName())
                    .put("readouts", input.raw().size())
                    .put("expected", input.raw().expected());
            terminal.line(file + ": " + input.kind().replace("mrd", "MRD (HDF5)") + ", scan " + header.measurementId()
                    + ", " + header.protocolName());
            terminal.line("  " + input.raw().size() + " of " + input.raw().expected() + " readouts"
                    + (input.raw().size() == 0 ? "" : ", " + shape(input.raw(), document)));
            Terminal.number(document, "fieldTesla", header.scanner().fieldTesla());
            var encodings = document.putArray("encodings");
            for (Encoding e : header.encodings()) {
                terminal.line(String.format(
                        Locale.ROOT,
                        "  encoded %d×%d×%d, image %d×%d×%d, %.4g×%.4g×%.4g mm, %d slices, %s",
                        e.encodedX(),
                        e.encodedY(),
                        e.encodedZ(),
                        e.reconX(),
                        e.reconY(),
                        e.reconZ(),
                        e.reconFovMeters().x() * 1e3,
                        e.reconFovMeters().y() * 1e3,
                        e.reconFovMeters().z() * 1e3,
                        e.slices(),
                        e.trajectory().name().toLowerCase(Locale.ROOT)));
                ObjectNode node = encodings.addObject();
                node.putArray("encoded").add(e.encodedX()).add(e.encodedY()).add(e.encodedZ());
                node.putArray("image").add(e.reconX()).add(e.reconY()).add(e.reconZ());
                node.putArray("fov")
                        .add(e.reconFovMeters().x())
                        .add(e.reconFovMeters().y())
                        .add(e.reconFovMeters().z());
                node.put("slices", e.slices());
                node.put("trajectory", e.trajectory().name().toLowerCase(Locale.ROOT));
            }
            if (input.recovered() != null) {
                putJournal(document, input.recovered());
                terminal.line("  " + input.recovered().summary());
            }
            var notes = document.putArray("notes");
            for (String note : input.notes()) {
                terminal.line("  note: " + note);
                notes.add(note);
            }
            terminal.document(document);
            return ExitCode.DONE;
        }

        private static String shape(RawData raw, ObjectNode document) {
            var first = raw.readout(0).header();
            document.put("samples", first.samples()).put("channels", first.channels());
            Terminal.number(document, "dwell", first.dwellSeconds());
            return String.format(
                    Locale.ROOT,
                    "%d samples of %.4g us, %d channels",
                    first.samples(),
                    first.dwellSeconds() * 1e6,
                    first.channels());
        }
    }

    private static void putJournal(ObjectNode document, RecoveredScan found) {
        document.putObject("journal")
                .put("found", found.raw().size())
                .put("expected", found.raw().expected())
                .put("goodBytes", found.goodBytes())
                .put("lostBytes", found.lostBytes())
                .put("damage", found.damage())
                .put("endState", found.endState());
    }

    /** {@code raw convert}. */
    @Command(
            name = "convert",
            description = "A journal or an array to MRD (HDF5); an MRD file is written anew, with a mended header.")
    static final class Convert implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(index = "0", paramLabel = "RAW", description = RawFiles.DESCRIPTION)
        private Path file;

        @Mixin
        private final RawInputOptions options = new RawInputOptions();

        @Parameters(index = "1", paramLabel = "OUT", description = "The MRD file to write.")
        private Path out;

        @Option(names = "--force", description = "Replace OUT.")
        private boolean force;

        Convert(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, CommandException {
            OutputFiles.refuseExisting(out, force);
            Input input = options.read(file);
            OutputFiles.createParent(out);
            MrdFile.write(input.raw(), out);
            terminal.line(out + ": " + input.raw().size() + " readouts");
            ObjectNode document = Terminal.object()
                    .put("file", out.toString())
                    .put("readouts", input.raw().size());
            if (input.recovered() != null) {
                terminal.line("  " + input.recovered().summary());
                putJournal(document, input.recovered());
            }
            var notes = document.putArray("notes");
            for (String note : input.notes()) {
                terminal.line("  note: " + note);
                notes.add(note);
            }
            terminal.document(document);
            return ExitCode.DONE;
        }
    }

    /** {@code raw recover}. */
    @Command(
            name = "recover",
            description = "Salvages a journal, torn or whole: raw.h5, images, DICOM and report. The journal stays.")
    static final class Recover implements Callable<Integer> {
        private final Terminal terminal;

        @Parameters(paramLabel = "DIR|JOURNAL", description = "The folder of a scan, or the journal.mrdj in it.")
        private Path place;

        @Option(names = "--out", paramLabel = "DIR", description = "Where the results go; default: beside the journal.")
        private Path out;

        @Option(names = "--force", description = "Replace results that are in DIR.")
        private boolean force;

        Recover(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() throws IOException, ScanException, CommandException {
            Path journal = RawFiles.journal(place);
            RecoveredScan found = JournalReader.read(journal);
            terminal.status(journal + ": " + found.summary());
            Path folder = out == null ? journal.toAbsolutePath().getParent() : out;
            ScanResult result;
            try (Archive archive = Archive.openDefault();
                    Interrupt interrupt = new Interrupt()) {
                result = Recovery.recover(
                        journal, folder, force, new StandardReconstruction(), archive, interrupt::isMade);
                tellOf(archive);
            }
            List<String> lines = new ArrayList<>(ScanText.lines(result));
            lines.forEach(terminal::line);
            if (terminal.json()) {
                ObjectNode document = Terminal.object();
                putJournal(document, found);
                document.set(
                        "report",
                        new ObjectMapper()
                                .readTree(result.directory()
                                        .resolve("report.json")
                                        .toFile()));
                terminal.document(document);
            }
            return ExitCode.DONE;
        }

        /** Puts into the outbox what the hospital is to be told of the exam that the scan was of. */
        private static void tellOf(Archive archive) {
            try (var reports = new PerformedStepReports(archive, DicomSettings::readDefault, () -> {})) {
                reports.update();
            }
        }
    }
}
