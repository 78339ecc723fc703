package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.isocenter.dicom.file.DicomFormatException;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.validate.Finding;
import org.isocenter.dicom.validate.ObjectValidator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom validate}: whether objects are as the standard says. */
@Command(
        name = "validate",
        description = "Checks MR, Enhanced MR and Secondary Capture images: attributes, values, UIDs, pixels, geometry;"
                + " of other objects values, UIDs and pixels. Exit code 1 when something is wrong.")
final class DicomValidateCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = DicomInputs.DESCRIPTION)
    private List<Path> inputs;

    DicomValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        ObjectNode document = Terminal.object();
        ArrayNode array = document.putArray("files");
        int wrong = 0;
        List<Path> files = DicomInputs.files(inputs);
        for (Path file : files) {
            List<Finding> findings = findings(file);
            wrong += findings.isEmpty() ? 0 : 1;
            ObjectNode node = array.addObject().put("path", file.toString()).put("valid", findings.isEmpty());
            ArrayNode problems = node.putArray("findings");
            for (Finding finding : findings) {
                terminal.line(file + ": " + finding);
                problems.addObject().put("where", finding.where()).put("problem", finding.problem());
            }
        }
        terminal.line(files.size() - wrong + " of " + files.size() + " objects are valid");
        document.put("valid", wrong == 0);
        terminal.document(document);
        return wrong == 0 ? ExitCode.DONE : ExitCode.NO;
    }

    /** What cannot be read to its end is wrong too. */
    private static List<Finding> findings(Path file) throws IOException {
        try {
            return ObjectValidator.check(DicomReader.read(file));
        } catch (DicomFormatException e) {
            return List.of(new Finding("", e.getMessage()));
        }
    }
}
