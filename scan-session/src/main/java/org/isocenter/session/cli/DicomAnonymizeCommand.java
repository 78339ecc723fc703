package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.deidentify.Deidentifier;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.file.DicomWriter;
import org.isocenter.session.PseudonymKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom anonymize}: copies from which nobody can tell who was scanned. */
@Command(
        name = "anonymize",
        description = "Copies objects without anything that tells whose they are (PS3.15 Basic Profile), under stable"
                + " pseudonyms. Pixels stay as they are: a head's surface may be recognized.")
final class DicomAnonymizeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "IN", description = DicomInputs.DESCRIPTION)
    private List<Path> inputs;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where they go; made when missing.")
    private Path out;

    @Option(
            names = "--move-dates",
            description = "Moves all dates of a patient by the same number of days, instead of removing them.")
    private boolean moveDates;

    @Option(names = "--force", description = "Replace files that are in DIR.")
    private boolean force;

    DicomAnonymizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        List<Path> files = DicomInputs.files(inputs);
        Deidentifier deidentifier = new Deidentifier(
                PseudonymKey.readOrMake(), moveDates ? Deidentifier.Moments.MOVED : Deidentifier.Moments.REMOVED);
        for (int i = 0; i < files.size() && !force; i++) {
            if (Files.exists(target(i))) {
                throw new FileAlreadyExistsException(target(i).toString());
            }
        }
        Files.createDirectories(out);
        for (int i = 0; i < files.size(); i++) {
            Attributes object = DicomReader.read(files.get(i)).dataset();
            DicomWriter.write(target(i), deidentifier.apply(object));
            terminal.progress((i + 1.0) / files.size(), i + 1 + " of " + files.size() + " written");
        }
        terminal.line(files.size() + " objects in " + out);
        ObjectNode document = Terminal.object().put("objects", files.size()).put("directory", out.toString());
        terminal.document(document);
        return ExitCode.DONE;
    }

    /** Numbered: the names that files had may tell something. */
    private Path target(int index) {
        return out.resolve(String.format(Locale.ROOT, "%05d.dcm", index + 1));
    }
}
