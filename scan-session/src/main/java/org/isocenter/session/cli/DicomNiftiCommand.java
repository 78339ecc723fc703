package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.isocenter.dicom.data.Attributes;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.nifti.NiftiWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom nifti}: images for programs of research. */
@Command(
        name = "nifti",
        description = "Writes images as NIfTI-1 volumes, with a BIDS sidecar and the b-values of diffusion.")
final class DicomNiftiCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "IN", description = DicomInputs.DESCRIPTION)
    private List<Path> inputs;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where they go; made when missing.")
    private Path out;

    @Option(names = "--force", description = "Replace volumes that are in DIR.")
    private boolean force;

    DicomNiftiCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        List<Attributes> objects = new ArrayList<>();
        List<Path> files = DicomInputs.files(inputs);
        for (Path file : files) {
            objects.add(DicomReader.read(file).dataset());
            terminal.progress((double) objects.size() / files.size(), objects.size() + " of " + files.size() + " read");
        }
        List<NiftiWriter.Written> volumes = NiftiWriter.write(objects, out, force);
        if (volumes.isEmpty()) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "none of the objects is an image with a place in the body (" + inputs.get(0) + "): name MR images");
        }
        ObjectNode document = Terminal.object();
        ArrayNode array = document.putArray("volumes");
        for (NiftiWriter.Written volume : volumes) {
            String size = volume.columns() + "×" + volume.rows() + "×" + volume.slices()
                    + (volume.volumes() > 1 ? "×" + volume.volumes() : "");
            terminal.line(volume.files().get(0) + ": " + size);
            ObjectNode node = array.addObject();
            ArrayNode paths = node.putArray("files");
            volume.files().forEach(file -> paths.add(file.toString()));
            node.putArray("matrix").add(volume.columns()).add(volume.rows()).add(volume.slices());
            node.put("volumes", volume.volumes());
        }
        terminal.document(document);
        return ExitCode.DONE;
    }
}
