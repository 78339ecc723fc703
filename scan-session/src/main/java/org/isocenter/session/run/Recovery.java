package org.isocenter.session.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.Watch;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.archive.ArchiveException;
import org.isocenter.session.archive.ArchivedScan;
import org.isocenter.session.journal.Journal;
import org.isocenter.session.journal.JournalReader;
import org.isocenter.session.journal.RecoveredScan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finishes a scan that was cut short, from its journal. The journal is never changed, and stays. */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final ArchivedScan scan;
    private final Archive archive;
    private final Reconstruction reconstruction;
    private final EventThread events;
    private final CompletableFuture<ScanResult> done = new CompletableFuture<>();
    private volatile ScanState state = ScanState.RECONSTRUCTING;
    private volatile boolean stopped;

    Recovery(ArchivedScan scan, Archive archive, Reconstruction reconstruction, EventThread events) {
        this.scan = scan;
        this.archive = archive;
        this.reconstruction = reconstruction;
        this.events = events;
    }

    ScanState state() {
        return state;
    }

    CompletableFuture<ScanResult> done() {
        return done;
    }

    /** The images are not wanted any more. */
    void stop() {
        stopped = true;
    }

    void announce() {
        events.publish(new ScanEvent.StateChanged(scan.id(), state));
    }

    void execute() {
        try {
            ScanResult result = recover(
                    scan.directory().resolve(Journal.FILE_NAME),
                    scan.directory(),
                    true,
                    reconstruction,
                    archive,
                    new ImagesWatch(scan.id(), events, () -> stopped));
            state = result.state();
            events.publish(new ScanEvent.Finished(scan.id(), result));
            announce();
            done.complete(result);
        } catch (ScanException e) {
            fail(e);
        } catch (RuntimeException | Error e) {
            fail(new ScanException(
                    ScanException.Kind.OUTPUT, "the program has an error (" + e + "): please report it", e));
        }
    }

    private void fail(ScanException error) {
        LOG.error("scan {} cannot be recovered", scan.id(), error);
        if (error.kind() == ScanException.Kind.INPUT) {
            // There is nothing to recover, now or later: it is not offered again. The files stay as they are.
            try {
                archive.update(scan.id(), ScanState.FAILED.name(), 0);
            } catch (ArchiveException e) {
                error.addSuppressed(e);
            }
        }
        state = ScanState.FAILED;
        events.publish(new ScanEvent.Failed(scan.id(), error.getMessage(), error));
        announce();
        done.completeExceptionally(error);
    }

    /**
     * Makes of a journal, torn or whole, all that a scan leaves. Blocks.
     *
     * @param journal file of a scan
     * @param directory where the results go; made when missing
     * @param overwrite whether results in the directory may be replaced
     * @param archive that may know the scan and is then told how it ended; or null
     * @param watch may give the images up, and is told how far they are
     */
    public static ScanResult recover(
            Path journal,
            Path directory,
            boolean overwrite,
            Reconstruction reconstruction,
            Archive archive,
            Watch watch)
            throws ScanException {
        RecoveredScan found;
        try {
            found = JournalReader.read(journal);
        } catch (IOException e) {
            throw new ScanException(ScanException.Kind.INPUT, e.getMessage(), e);
        }
        return recover(found, directory, overwrite, reconstruction, archive, watch);
    }

    private static ScanResult recover(
            RecoveredScan found,
            Path directory,
            boolean overwrite,
            Reconstruction reconstruction,
            Archive archive,
            Watch watch)
            throws ScanException {
        int readouts = found.raw().size();
        if (readouts == 0) {
            throw new ScanException(
                    ScanException.Kind.INPUT,
                    "the journal of scan " + found.raw().header().measurementId() + " holds no readout: scan again");
        }
        String id = found.raw().header().measurementId();
        refuseRunning(id, archive);
        ScanDirectory target = ScanDirectory.forRecovery(directory, overwrite);
        if (archive != null) {
            UnsentImages.refuse(archive, target.folder());
        }
        try {
            Files.createDirectories(target.folder());
        } catch (IOException e) {
            throw new ScanException(
                    ScanException.Kind.INPUT, "the folder cannot be made (" + directory + "): " + e.getMessage(), e);
        }
        List<String> notes = new ArrayList<>(found.notes());
        notes.add("recovered from the journal: " + found.summary());
        ScanState end = found.raw().isComplete() ? ScanState.DONE : ScanState.ABORTED;
        Finishing finishing = new Finishing(
                reconstruction, target, ScanReport.fromJournal(found.report()), end, Map.of(), notes, watch);
        ScanResult result = finishing.finish(found.raw());
        try {
            // Results in another folder than the scan's own are nothing that the archive keeps.
            boolean own = archive != null
                    && archive.scan(id)
                            .map(s -> s.directory().equals(target.folder()))
                            .orElse(false);
            if (own) {
                archive.complete(
                        id, end.name(), readouts, finishing.series(), finishing.files(), finishing.instances());
            }
        } catch (ArchiveException e) {
            throw new ScanException(ScanException.Kind.OUTPUT, e.getMessage(), e);
        }
        LOG.info("scan {} recovered: {}", id, found.summary());
        return result;
    }

    private static void refuseRunning(String id, Archive archive) throws ScanException {
        if (archive == null || archive.scan(id).isEmpty()) {
            return;
        }
        boolean busy = ScanState.valueOf(archive.scan(id).orElseThrow().state()).isBusy();
        boolean cutShort = archive.interrupted().stream().anyMatch(s -> s.id().equals(id));
        if (busy && !cutShort) {
            throw new ScanException(
                    ScanException.Kind.INPUT, "scan " + id + " is under way in another program: wait for its end");
        }
    }
}
