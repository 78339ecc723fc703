package org.isocenter.session.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.isocenter.dicom.data.UID;
import org.isocenter.dicom.file.ReceivedObjects;
import org.isocenter.dicom.net.Association;
import org.isocenter.dicom.net.DicomListener;
import org.isocenter.dicom.net.DicomNetException;
import org.isocenter.dicom.net.ListenerSettings;
import org.isocenter.dicom.net.Services;
import org.isocenter.dicom.net.StoreFolder;
import org.isocenter.dicom.net.SubOperations;
import org.isocenter.dicom.web.DicomPath;
import org.isocenter.dicom.web.DicomWebClient;
import org.isocenter.dicom.web.ObjectFolder;
import org.isocenter.dicom.web.WebException;
import org.isocenter.dicom.web.WebSettings;
import org.isocenter.dicom.workflow.QueryRetrieve;
import org.isocenter.session.IsocenterHome;
import org.isocenter.session.dicom.Destination;
import org.isocenter.session.dicom.DicomSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code isocenter dicom retrieve}: fetches an earlier study from an archive. */
@Command(
        name = "retrieve",
        description =
                "Fetches an earlier study from an archive into the priors of the Isocenter home: it is never mixed"
                        + " with what was scanned here.")
final class DicomRetrieveCommand implements Callable<Integer> {
    private static final String PRIORS = "priors";

    private final Terminal terminal;

    @Parameters(paramLabel = "STUDY-UID", description = "Which study, see isocenter dicom find.")
    private String study;

    @Option(
            names = "--peer",
            required = true,
            paramLabel = "NAME|AE@HOST:PORT|URL",
            description = "The archive: a destination of dicom.json, or an address, also of DICOMweb.")
    private String peer;

    @Option(names = "--series", paramLabel = "UID", description = "Only this series.")
    private String series = "";

    @Option(
            names = "--move",
            description = "Have the archive send it (C-MOVE) to the port of dicom.json, rather than fetch it (C-GET):"
                    + " for archives that offer nothing else. The archive must know our title, host and port.")
    private boolean move;

    @Option(names = "--out", paramLabel = "DIR", description = "Another folder to put it in; made when missing.")
    private Path out;

    DicomRetrieveCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, CommandException {
        if (!UID.isValid(study) || !series.isEmpty() && !UID.isValid(series)) {
            throw new CommandException(
                    ExitCode.INPUT, "this is no UID (" + study + " " + series + "): see isocenter dicom find");
        }
        DicomSettings settings = DicomSettings.readDefault();
        Destination archive = DicomDestinations.archive(settings, peer);
        if (move && archive instanceof Destination.Web) {
            throw new CommandException(
                    ExitCode.INPUT, "C-MOVE is nothing of DICOMweb (" + peer + "): leave out --move");
        }
        Path folder = out != null ? out : IsocenterHome.folder().resolve(PRIORS).resolve(study);
        boolean made = Files.notExists(folder);
        IsocenterHome.createPrivateDirectories(folder.toAbsolutePath());
        AtomicInteger stored = new AtomicInteger();
        try {
            return archive instanceof Destination.Web web
                    ? fetch(settings.web(web), folder, stored)
                    : call(settings, (Destination.Dimse) archive, folder, stored);
        } catch (DicomNetException | WebException e) {
            throw DicomDestinations.failure(e, "; " + stored + " objects came (" + folder + ")");
        } finally {
            if (made && stored.get() == 0) {
                Files.deleteIfExists(folder);
            }
        }
    }

    /** By WADO-RS. */
    private int fetch(WebSettings web, Path folder, AtomicInteger stored) throws IOException {
        AtomicInteger others = new AtomicInteger();
        ObjectFolder keeper = new ObjectFolder(folder, received -> {
            if (received.outcome() == ReceivedObjects.Outcome.NEW) {
                terminal.progress(0, stored.incrementAndGet() + " objects");
            } else if (received.outcome() == ReceivedObjects.Outcome.OTHER) {
                others.incrementAndGet();
            }
        });
        new DicomWebClient(web).retrieve(new DicomPath(study, series.isEmpty() ? null : series, null), keeper);
        tell(folder, stored.get(), others.get(), others.get() == 0 ? "COMPLETE" : "DUPLICATES");
        if (others.get() > 0) {
            terminal.error(
                    "the archive sent other versions of " + others + " objects than are here, which were kept ("
                            + folder + "): fetch into another folder with --out",
                    null);
            return ExitCode.NO;
        }
        return ExitCode.DONE;
    }

    /** By C-GET or C-MOVE. */
    private int call(DicomSettings settings, Destination.Dimse archive, Path folder, AtomicInteger stored)
            throws IOException, CommandException {
        Services services = QueryRetrieve.receiving(new StoreFolder(folder, file -> stored.incrementAndGet()));
        Predicate<SubOperations> progress = now -> {
            int done = Math.max(0, now.completed()) + Math.max(0, now.failed()) + Math.max(0, now.warning());
            int all = done + Math.max(0, now.remaining());
            terminal.progress(all == 0 ? 0 : (double) done / all, done + " of " + all + " objects");
            return true;
        };
        QueryRetrieve.Retrieved retrieved =
                move ? move(settings, archive, services, progress) : get(settings, archive, services, progress);
        tell(
                folder,
                stored.get(),
                Math.max(0, retrieved.counts().failed()),
                retrieved.status().toString());
        if (!retrieved.status().isDone() || !retrieved.failedInstances().isEmpty()) {
            terminal.error(
                    "the archive did not send all (" + peer + "): "
                            + retrieved.status().describe(),
                    null);
            return ExitCode.NO;
        }
        return ExitCode.DONE;
    }

    private void tell(Path folder, int stored, int failed, String status) {
        terminal.line(stored + " new objects in " + folder);
        terminal.document(Terminal.object()
                .put("folder", folder.toString())
                .put("stored", stored)
                .put("failed", failed)
                .put("status", status));
    }

    private QueryRetrieve.Retrieved get(
            DicomSettings settings, Destination.Dimse archive, Services services, Predicate<SubOperations> progress)
            throws DicomNetException {
        try (Association association =
                Association.open(archive.peer(), settings.net(archive), QueryRetrieve.getContexts(), services)) {
            return QueryRetrieve.get(association, study, series, progress);
        }
    }

    private QueryRetrieve.Retrieved move(
            DicomSettings settings, Destination.Dimse archive, Services services, Predicate<SubOperations> progress)
            throws IOException, CommandException {
        ListenerSettings listening = settings.listener(List.of(archive.peer()))
                .orElseThrow(
                        () -> new CommandException(
                                ExitCode.INPUT,
                                "this console does not listen (dicom.json): add \"listen\": {\"port\": …}, or leave out --move"));
        DicomListener listener;
        try {
            listener = DicomListener.open(listening, settings.net(), services);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.INPUT,
                    "cannot listen (port " + listening.port() + "): " + e.getMessage()
                            + ": end the program that has the port, or leave out --move",
                    e);
        }
        try (listener;
                Association association =
                        Association.open(archive.peer(), settings.net(archive), QueryRetrieve.CONTEXTS)) {
            return QueryRetrieve.move(association, settings.localAeTitle(), study, series, progress);
        }
    }
}
