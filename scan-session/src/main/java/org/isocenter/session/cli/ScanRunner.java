package org.isocenter.session.cli;

import java.util.Locale;
import org.isocenter.recon.Reconstruction;
import org.isocenter.recon.standard.StandardReconstruction;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.run.ScanEvent;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanRequest;
import org.isocenter.session.run.ScanResult;
import org.isocenter.session.run.ScanSession;
import org.isocenter.session.run.ShutdownStop;

/** Runs scans for a command: shows how far they are, and on Ctrl-C makes the hardware safe and keeps the data. */
final class ScanRunner implements AutoCloseable {
    private final Terminal terminal;
    private final Archive archive;
    private final ScanSession session;
    private final ShutdownStop stop;

    ScanRunner(Terminal terminal) {
        this(terminal, new StandardReconstruction());
    }

    ScanRunner(Terminal terminal, Reconstruction reconstruction) {
        this.terminal = terminal;
        archive = Archive.openDefault();
        session = new ScanSession(archive, reconstruction);
        session.subscribe(this::show);
        stop = new ShutdownStop(session, text -> terminal.error(text, null));
    }

    /** What runs the scans. */
    ScanSession session() {
        return session;
    }

    ScanResult scan(ScanRequest request) throws ScanException, CommandException {
        try {
            return session.scan(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(
                    ExitCode.INTERRUPTED, "interrupted (" + request.directory() + "): scan again", e);
        }
    }

    private void show(ScanEvent event) {
        if (event instanceof ScanEvent.Progress progress) {
            terminal.progress(
                    (double) progress.readouts() / progress.expectedReadouts(),
                    String.format(
                            Locale.ROOT,
                            "%d of %d readouts, %.0f s left",
                            progress.readouts(),
                            progress.expectedReadouts(),
                            progress.secondsLeft()));
        } else if (event instanceof ScanEvent.Preparing preparing) {
            terminal.progress(preparing.share(), "the scanner gets ready");
        } else if (event instanceof ScanEvent.Reconstructing now) {
            terminal.progress(now.share(), Math.round(100 * now.share()) + " % of the images");
        } else if (event instanceof ScanEvent.Started started) {
            if (!terminal.json()) {
                terminal.status(String.format(
                        Locale.ROOT,
                        "scanning: %d readouts, %.1f s on the scanner's clock",
                        started.live().raw().expected(),
                        started.live().durationSeconds()));
            }
        }
    }

    @Override
    public void close() {
        stop.close();
        if (stop.isAtWork()) {
            return; // it needs the session
        }
        session.close();
        archive.close();
    }
}
