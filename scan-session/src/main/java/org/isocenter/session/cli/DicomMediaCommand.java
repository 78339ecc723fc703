package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.media.FileSetWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom media}: images to carry. */
@Command(
        name = "media",
        description = "Writes a file-set with a DICOMDIR, to be burned on a CD or copied to a USB stick.")
final class DicomMediaCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "IN", description = DicomInputs.DESCRIPTION)
    private List<Path> inputs;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "The file-set's folder; made when missing. One that holds a file-set is refused.")
    private Path out;

    DicomMediaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        List<Path> files = DicomInputs.files(inputs);
        FileSetWriter fileSet = open();
        int done = 0;
        for (Path file : files) {
            if (!fileSet.add(DicomReader.read(file).dataset())) {
                terminal.status("  note: no image, left out: " + file);
            }
            terminal.progress((double) ++done / files.size(), done + " of " + files.size() + " written");
        }
        fileSet.finish();
        terminal.line(fileSet.images() + " images in " + out.resolve(FileSetWriter.DIRECTORY));
        terminal.document(Terminal.object().put("images", fileSet.images()).put("directory", out.toString()));
        return ExitCode.DONE;
    }

    private FileSetWriter open() throws IOException, CommandException {
        try {
            return new FileSetWriter(out);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "there is a file-set already (" + e.getFile() + "): choose an empty folder, and name all that is to"
                            + " go there",
                    e);
        }
    }
}
