package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.isocenter.dicom.data.Tag;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.DicomFileStart;
import org.isocenter.dicom.file.DicomReader;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.DimseStatus;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.Peer;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.workflow.CommitmentHandler;
import org.isocenter.dicom.workflow.StorageCommitment;
import org.isocenter.model.SopReference;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom commit}: asks an archive whether it answers for images. */
@Command(
        name = "commit",
        description = "Asks an archive to promise that it keeps these images, and waits for its answer: on the same"
                + " association, or by a call to the port of dicom.json.")
final class DicomCommitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR", description = "DICOM files that were sent there.")
    private List<Path> paths;

    @Option(
            names = "--peer",
            required = true,
            paramLabel = "NAME|AE@HOST:PORT",
            description = "The archive: a destination of dicom.json, or an address.")
    private String peer;

    @Option(
            names = "--wait",
            paramLabel = "S",
            defaultValue = "60",
            description = "How long to wait for the answer, in s; default ${DEFAULT-VALUE}.")
    private int waitSeconds;

    DicomCommitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        DicomSettings settings = DicomSettings.readDefault();
        Destination.Dimse archive = DicomDestinations.dimse(settings, peer);
        List<SopReference> instances = instances();
        String transaction = UID.create();
        CompletableFuture<StorageCommitment.Outcome> answer = new CompletableFuture<>();
        Services services = new CommitmentHandler((title, outcome) -> {
                    boolean asked = title.equals(archive.aeTitle())
                            && outcome.transactionUid().equals(transaction);
                    if (asked) {
                        answer.complete(outcome);
                    }
                    return asked;
                })
                .addTo(Services.NONE);
        Optional<DicomListener> listener = listen(settings, archive.peer(), services);
        try (Association association =
                Association.open(archive.peer(), settings.net(archive), List.of(StorageCommitment.CONTEXT), services)) {
            DimseStatus status = StorageCommitment.ask(association, transaction, instances);
            if (!status.isDone()) {
                throw new CommandException(ExitCode.NO, "the archive refused (" + peer + "): " + status.describe());
            }
            // Most answer by a call of their own: then the association only has to stay open for a moment.
            association.serveOne(Duration.ofSeconds(listener.isPresent() ? Math.min(2, waitSeconds) : waitSeconds));
            return tell(
                    listener.isPresent() ? answer.get(waitSeconds, TimeUnit.SECONDS) : answer.get(0, TimeUnit.SECONDS));
        } catch (DicomNetException e) {
            throw new CommandException(ExitCode.DEVICE, e.getMessage(), e);
        } catch (TimeoutException | ExecutionException e) {
            throw new CommandException(
                    ExitCode.DEVICE,
                    "no answer within " + waitSeconds + " s (" + peer + "): "
                            + (listener.isPresent()
                                    ? "see whether it knows our title, host and port, or wait longer with --wait"
                                    : "it may want to call back: set \"listen\" in dicom.json"),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.INTERRUPTED, "interrupted while waiting for " + peer, e);
        } finally {
            listener.ifPresent(DicomListener::close);
        }
    }

    /** Empty when the settings say not to listen, or the window already does: then only an answer on the same association comes. */
    private Optional<DicomListener> listen(DicomSettings settings, Peer archive, Services services) {
        Optional<ListenerSettings> listening = settings.listener(List.of(archive));
        if (listening.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(DicomListener.open(listening.get(), settings.net(), services));
        } catch (IOException e) {
            terminal.status("isocenter: not listening: " + e.getMessage());
            return Optional.empty();
        }
    }

    private int tell(StorageCommitment.Outcome outcome) {
        terminal.line("promised: " + outcome.committed().size() + ", refused: "
                + outcome.refused().size());
        outcome.refused()
                .forEach(
                        refusal -> terminal.line("  " + refusal.instance().sopInstanceUid() + ": " + refusal.reason()));
        terminal.document(Terminal.object()
                .put("transaction", outcome.transactionUid())
                .put("committed", outcome.committed().size())
                .put("refused", outcome.refused().size()));
        return outcome.refused().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    }

    private List<SopReference> instances() throws IOException, CommandException {
        List<SopReference> instances = new ArrayList<>();
        for (Path path : paths) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(f -> f.equals(path) || f.toString().endsWith(".dcm"))
                        .sorted()
                        .toList()) {
                    DicomFileStart start = DicomReader.readStart(file);
                    instances.add(new SopReference(
                            start.meta().getString(Tag.MediaStorageSOPClassUID),
                            start.meta().getString(Tag.MediaStorageSOPInstanceUID)));
                }
            }
        }
        if (instances.isEmpty()) {
            throw new CommandException(ExitCode.INPUT, "there is no DICOM file (" + paths + "): name files or folders");
        }
        return instances;
    }
}
