package org.isocenter.session.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.session.run.ScanException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter recon}: images of raw data, ours or other people's. */
@Command(
        name = "recon",
        description = "Reconstructs raw data (MRD, a journal, a scan's folder, or an array) and writes images.")
final class ReconCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(
            arity = "0..*",
            paramLabel = "RAW",
            description = RawFiles.DESCRIPTION + " Several are reconstructed one after the other.")
    private List<Path> files = List.of();

    @Mixin
    private final RawInputOptions options = new RawInputOptions();

    @Option(
            names = "--pipeline",
            paramLabel = "NAME|FILE",
            defaultValue = Pipelines.STANDARD,
            description = Pipelines.DESCRIPTION)
    private String pipeline;

    @Option(
            names = "--list-steps",
            description = "Lists the steps that a chain can have, with their parameters, and the chains.")
    private boolean listSteps;

    @Option(
            names = "--print-pipeline",
            paramLabel = "NAME|FILE",
            description = "Prints a chain as YAML with every parameter, to edit and give to --pipeline.")
    private String printed;

    @Mixin
    private final ServerOptions server = new ServerOptions();

    @Mixin
    private final ReconOutputOptions output = new ReconOutputOptions();

    ReconCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, ScanException, CommandException {
        if (listSteps) {
            new PipelineText(terminal).list();
            return ExitCode.DONE;
        }
        if (printed != null) {
            new PipelineText(terminal).print(printed);
            return ExitCode.DONE;
        }
        if (files.isEmpty()) {
            throw new CommandException(ExitCode.INPUT, "no raw data (RAW): name a file, or see isocenter recon --help");
        }
        Reconstruction reconstruction = Pipelines.of(pipeline);
        try (Interrupt interrupt = new Interrupt()) {
            if (files.size() > 1) {
                return new ReconBatch(terminal, output)
                        .run(files, (file, place) -> one(reconstruction, file, place, interrupt));
            }
            ObjectNode document = one(reconstruction, files.get(0), output.place(), interrupt);
            if (document != null) {
                terminal.document(document);
            }
            return ExitCode.DONE;
        }
    }

    private ObjectNode one(Reconstruction local, Path file, Path place, Interrupt interrupt)
            throws IOException, ScanException, CommandException {
        Reconstruction reconstruction = server.around(local, terminal);
        try {
            return output.reconstruct(options.read(file), reconstruction, place, server, watch(interrupt), terminal);
        } catch (CancellationException e) {
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted (" + file + "): no images were made", e);
        } catch (ScanException | IllegalStateException e) {
            server.throwIfFailed(e);
            throw e;
        }
    }

    private Watch watch(Interrupt interrupt) {
        Progress progress = new Progress(terminal, "images");
        return new Watch() {
            @Override
            public boolean isStopped() {
                return interrupt.isMade();
            }

            @Override
            public void done(double share) {
                progress.at(Math.round(100 * share), 100);
            }
        };
    }
}
