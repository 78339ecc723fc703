package org.isocenter.session.cli;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.isocenter.session.archive.Archive;
import org.isocenter.session.run.ScanEvent;
import org.isocenter.session.run.ScanException;
import org.isocenter.session.run.ScanRequest;
import org.isocenter.session.run.ScanResult;
import org.isocenter.session.run.ScanSession;

/** Runs scans for a command: shows how far they are, and on Ctrl-C makes the hardware safe and keeps the data. */
final class ScanRunner implements AutoCloseable {
    private static final long SHUTDOWN_SECONDS = 60;

    private final Terminal terminal;
    private final Archive archive;
    private final ScanSession session;
    private final Thread hook = new Thread(this::interrupted, "interrupt");

    ScanRunner(Terminal terminal) {
        this.terminal = terminal;
        archive = Archive.openDefault();
        session = new ScanSession(archive);
        session.subscribe(this::show);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    ScanResult scan(ScanRequest request) throws ScanException, CommandException {
        try {
            return session.scan(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            session.abort();
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

    /** On the way out after Ctrl-C; the Java machine then ends with 130 by itself. */
    private void interrupted() {
        if (!session.state().isBusy()) {
            return;
        }
        session.abort();
        Thread end = new Thread(() -> {
            try {
                ScanResult result = session.awaitEnd();
                terminal.error(
                        "interrupted (" + result.directory() + "): the scanner is safe, the data so far are kept",
                        null);
            } catch (ScanException e) {
                terminal.error("interrupted: the scanner is safe; " + e.getMessage(), null);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        end.start();
        try {
            end.join(TimeUnit.SECONDS.toMillis(SHUTDOWN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the hook is at work, and needs the session
        }
        session.close();
        archive.close();
    }
}
