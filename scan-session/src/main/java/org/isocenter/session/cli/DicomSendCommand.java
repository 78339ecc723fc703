package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.OutboxEntry;
import org.isocenter.session.archive.OutboxRow;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import org.isocenter.session.dicom.Service;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom send}: DICOM files to a destination, through the outbox. */
@Command(
        name = "send",
        description = "Sends DICOM files, through the outbox: what cannot be sent now stays there; exit code 1 when the"
                + " destination refuses one, 3 when it is not there.")
final class DicomSendCommand implements Callable<Integer> {
    /** Of DICOMDIR files. */
    private static final String MEDIA_DIRECTORY = "1.2.840.10008.1.3.10";

    private final Terminal terminal;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files, folders with files, or the folder of a scan.")
    private List<Path> paths;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "AE@HOST:PORT|NAME",
            description = "Where to: an address, or a name of dicom.json.")
    private String to;

    @Option(
            names = "--wait",
            description = "Try again until all is delivered, and promised to be kept where the destination does that.")
    private boolean wait;

    DicomSendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        Destination destination = DicomDestinations.forImages(DicomSettings.readDefault(), to);
        boolean commits = destination.offers(Service.COMMITMENT);
        List<OutboxEntry> entries = new ArrayList<>();
        for (Path path : paths) {
            if (Files.isDirectory(path)) {
                addFolder(entries, destination.name(), commits, path);
            } else {
                entries.add(entry(destination.name(), commits, path));
            }
        }
        if (entries.isEmpty()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "no DICOM file is there (" + paths.get(0) + "): name files, or a folder that holds some");
        }
        try (Archive archive = Archive.openDefault()) {
            OutboxRun run = new OutboxRun(archive, terminal);
            List<OutboxRow> rows = run.send(archive.outbox().add(entries), wait);
            ObjectNode document = Terminal.object();
            document.set("rows", OutboxText.json(rows));
            terminal.document(document);
            return run.tell(rows);
        }
    }

    /** What is no DICOM in a folder is named and left out; of a scan's folder, the images are meant. */
    private void addFolder(List<OutboxEntry> entries, String name, boolean commits, Path folder) throws IOException {
        boolean ofScan = Files.exists(folder.resolve("report.json")) && Files.isDirectory(folder.resolve("dicom"));
        List<Path> files;
        try (Stream<Path> walk = Files.walk(ofScan ? folder.resolve("dicom") : folder)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            try {
                entries.add(entry(name, commits, file));
            } catch (CommandException e) {
                terminal.status("left out: " + e.getMessage());
            }
        }
    }

    private static OutboxEntry entry(String destination, boolean commits, Path file)
            throws IOException, CommandException {
        try {
            Attributes meta = DicomReader.readStart(file).meta();
            String sopClass = meta.getString(Tag.MediaStorageSOPClassUID);
            String instance = meta.getString(Tag.MediaStorageSOPInstanceUID);
            if (sopClass == null || instance == null || MEDIA_DIRECTORY.equals(sopClass)) {
                throw new CommandException(
                        ExitCode.INPUT, "this is no image (" + file + "): it does not say its SOP instance");
            }
            return OutboxEntry.instance(destination, sopClass, instance, file, commits);
        } catch (DicomFormatException e) {
            throw new CommandException(ExitCode.INPUT, "this is no DICOM file (" + file + "): leave it out", e);
        } catch (NoSuchFileException e) {
            throw new CommandException(ExitCode.INPUT, "no such file or folder (" + file + "): check its name", e);
        }
    }
}
