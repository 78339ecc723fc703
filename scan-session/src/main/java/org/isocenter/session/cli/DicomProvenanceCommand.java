package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.iod.ImageProvenance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom provenance}: by which scan, sequence, calibration and reconstruction images came to be. */
@Command(
        name = "provenance",
        description =
                "Tells by which scan, sequence, calibration, software and reconstruction images came to be. Exit code 1"
                        + " when one does not tell.")
final class DicomProvenanceCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = DicomInputs.DESCRIPTION)
    private List<Path> inputs;

    DicomProvenanceCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        ObjectNode document = Terminal.object();
        ArrayNode array = document.putArray("files");
        Map<ImageProvenance, Integer> images = new LinkedHashMap<>();
        int silent = 0;
        for (Path file : DicomInputs.files(inputs)) {
            ImageProvenance found = ImageProvenance.read(DicomReader.read(file).dataset());
            ObjectNode node = array.addObject().put("path", file.toString());
            if (found == null) {
                silent++;
                terminal.line(file + ": nothing of ours");
                continue;
            }
            images.merge(found, 1, Integer::sum);
            node.put("measurement", found.measurementId())
                    .put("sequenceSha256", found.sequenceSha256())
                    .put("calibration", found.calibrationId())
                    .put("software", found.software())
                    .put("commit", found.commit())
                    .put("reconstruction", found.reconstruction());
        }
        images.forEach(this::tell);
        terminal.document(document);
        return silent == 0 ? ExitCode.DONE : ExitCode.NO;
    }

    private void tell(ImageProvenance found, int objects) {
        terminal.line("scan " + found.measurementId() + ": " + objects + (objects == 1 ? " object" : " objects"));
        line("sequence", found.sequenceSha256().isEmpty() ? "" : "SHA-256 " + found.sequenceSha256());
        line("calibration", found.calibrationId());
        line("software", found.software() + (found.commit().isEmpty() ? "" : ", commit " + found.commit()));
        line("reconstruction", found.reconstruction());
    }

    private void line(String what, String text) {
        terminal.line("  " + what + ": " + (text.isEmpty() ? "not told" : text));
    }
}
